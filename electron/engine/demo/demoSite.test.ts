import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, inflateSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { drawPng } from "./demoPictures.ts";
import { prepareDemoFiles, prepareDemoLocalFiles } from "./demoSite.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-site-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("makes a small believable tree: folders, scripts, sizes and times differ", async () => {
  const root = join(folder, "deep", "demo");
  await prepareDemoFiles(root);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThanOrEqual(50);
  expect(entries.length - files.length).toBeGreaterThanOrEqual(10);
  expect(files.map(({ name }) => name)).toContain("说明.txt");
  expect((await stat(join(root, "backup/whole-site.bin"))).size).toBe(12 * 1024 * 1024);
  const times = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).mtimeMs),
  );
  expect(new Set(times).size).toBe(files.length);
  expect(Math.max(...times)).toBeLessThan(Date.now());
  expect(await readdir(join(folder, "deep"))).toEqual(["demo"]);
});

test("leaves what is there alone", async () => {
  const root = join(folder, "demo");
  await prepareDemoLocalFiles(root);
  await writeFile(join(root, "letter.txt"), "mine");
  await prepareDemoLocalFiles(root);
  expect(await readFile(join(root, "letter.txt"), "utf8")).toBe("mine");
});

test("two at once end with one tree", async () => {
  const root = join(folder, "demo");
  await Promise.all([prepareDemoLocalFiles(root), prepareDemoLocalFiles(root)]);
  expect(await readdir(folder)).toEqual(["demo"]);
  expect(await readdir(root)).toContain("film.bin");
});

test("pictures are PNG as a reader wants it", () => {
  const png = drawPng(5, 4, 200);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const kinds: string[] = [];
  let pixels = Buffer.alloc(0);
  for (let offset = 8; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    const body = png.subarray(offset + 4, offset + 8 + length);
    expect(png.readUInt32BE(offset + 8 + length)).toBe(crc32(body));
    kinds.push(body.subarray(0, 4).toString());
    if (kinds.at(-1) === "IDAT") pixels = inflateSync(body.subarray(4));
    offset += length + 12;
  }
  expect(kinds).toEqual(["IHDR", "IDAT", "IEND"]);
  expect(pixels).toHaveLength(4 * (1 + 5 * 3));
});
