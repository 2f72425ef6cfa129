import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSegmentedFile, readSegmentMap } from "./segmentedFile.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-segments-"));
});
afterEach(() => rm(folder, { recursive: true }));

const size = 1000;
const seam = createHash("sha256").digest("hex");
const segments = [
  { from: 0, at: 300, to: 600, seam: null },
  { from: 600, at: 1000, to: 1000, seam },
];

const open = (keep = false, isOurs = false) =>
  openSegmentedFile({ root: folder, folder }, "f.part", { keep, isOurs, size });

test("bytes land where they belong, and the map goes when all have come", async () => {
  const file = await open();
  await file.write(Buffer.alloc(400, "b"), 600);
  await file.write(Buffer.alloc(300, "a"), 0);
  await file.saveMap(segments);
  expect((await stat(join(folder, "f.part"))).size).toBeGreaterThan(size);
  await file.write(Buffer.alloc(300, "a"), 300);
  expect((await file.read(598, 4)).toString()).toBe("aabb");
  expect(await file.hash(600, 400)).toBe(createHash("sha256").update("b".repeat(400)).digest("hex"));
  await file.finish();
  await file.close();
  expect(await readFile(join(folder, "f.part"), "utf8")).toBe("a".repeat(600) + "b".repeat(400));
});

test("the map is there again when the file is", async () => {
  const file = await open();
  await file.saveMap([segments[0] ?? { from: 0, at: 0, to: 0, seam }, { from: 600, at: 600, to: 1000, seam: null }]);
  await file.saveMap(segments);
  await file.close();
  expect(await readSegmentMap(folder, "f.part", size)).toEqual(segments);
  const again = await open(true, true);
  await again.close();
  expect(await readSegmentMap(folder, "f.part", size)).toEqual(segments);
});

test("a map of another size, a cut one, none, and a link have nothing to tell", async () => {
  expect(await readSegmentMap(folder, "f.part", size)).toBeNull();
  const file = await open();
  await file.saveMap(segments);
  await file.close();
  expect(await readSegmentMap(folder, "f.part", size - 1)).toBeNull();
  await symlink(join(folder, "f.part"), join(folder, "link"));
  expect(await readSegmentMap(folder, "link", size)).toBeNull();
  await truncate(join(folder, "f.part"), size + 20);
  expect(await readSegmentMap(folder, "f.part", size)).toBeNull();
  await writeFile(join(folder, "f.part"), Buffer.alloc(size + 16 * 1024, " "));
  expect(await readSegmentMap(folder, "f.part", size)).toBeNull();
});

test("what another program has put there is not touched", async () => {
  await writeFile(join(folder, "f.part"), "theirs");
  await expect(open()).rejects.toMatchObject({ kind: "already-exists" });
  expect(await readFile(join(folder, "f.part"), "utf8")).toBe("theirs");
});
