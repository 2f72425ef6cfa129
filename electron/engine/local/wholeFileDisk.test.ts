import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newFileMode } from "./partialFile.ts";
import { openWholeFileDisk, type WholeFileDisk } from "./wholeFileDisk.ts";
import { type Arrival, wholeFileBytes } from "./wholeFiles.ts";

let root = "";
let disk: WholeFileDisk;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "portside-whole-"));
  disk = openWholeFileDisk();
  await untilUp();
});
afterEach(async () => {
  await disk.close();
  await rm(root, { recursive: true, force: true });
});

async function untilUp(): Promise<void> {
  while (!disk.isUp()) {
    await disk.take(join(root, "anything"));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const text = (value: string) => new TextEncoder().encode(value);
const arrival = (changes: Partial<Arrival> = {}): Arrival => ({
  root,
  folder: root,
  name: "a.txt",
  partName: "a.txt.part",
  bytes: text("hello"),
  modifiedMs: 1_600_000_000_000,
  mode: newFileMode,
  ...changes,
});

describe("a small file that arrives", () => {
  test("is there at once and whole, with its time and permissions", async () => {
    expect(await disk.put(arrival())).toBe(true);
    expect(await readFile(join(root, "a.txt"), "utf8")).toBe("hello");
    const { mtimeMs, mode } = await stat(join(root, "a.txt"));
    expect([mtimeMs, mode & 0o777]).toEqual([1_600_000_000_000, newFileMode]);
    expect(await readdir(root)).toEqual(["a.txt"]);
  });

  test("may be empty", async () => {
    expect(await disk.put(arrival({ bytes: text("") }))).toBe(true);
    expect((await stat(join(root, "a.txt"))).size).toBe(0);
  });

  test.each(["a.txt", "a.txt.part"])(
    "replaces nothing: %s stays what it was, and nothing is left beside it",
    async (name) => {
      await writeFile(join(root, name), "other");
      expect(await disk.put(arrival())).toBe(false);
      expect(await readdir(root)).toEqual([name]);
      expect(await readFile(join(root, name), "utf8")).toBe("other");
    },
  );

  test("does not follow a link that has taken the folder's place", async () => {
    const outside = await mkdtemp(join(tmpdir(), "portside-outside-"));
    await symlink(outside, join(root, "sub"));
    await expect(disk.put(arrival({ folder: join(root, "sub") }))).rejects.toMatchObject({ kind: "local-permission" });
    expect(await readdir(outside)).toEqual([]);
    await rm(outside, { recursive: true });
  });

  test("is refused outside of the folder that was chosen", async () => {
    await mkdir(join(root, "chosen"));
    const astray = arrival({ root: join(root, "chosen"), folder: root });
    await expect(disk.put(astray)).rejects.toMatchObject({ kind: "local-permission" });
    await expect(disk.put(arrival({ name: "../x" }))).rejects.toMatchObject({ kind: "name-not-allowed" });
  });

  test("says what is missing, and leaves no unfinished file", async () => {
    await expect(disk.put(arrival({ folder: join(root, "no") }))).rejects.toMatchObject({ kind: "local-not-found" });
    await mkdir(join(root, "full"));
    const failing = arrival({ folder: join(root, "full"), modifiedMs: Number.NaN }); // fails once the bytes are written
    await expect(disk.put(failing)).rejects.toMatchObject({ path: join(root, "full/a.txt") });
    expect(await readdir(join(root, "full"))).toEqual([]);
  });
});

test("a free place has a name for the unfinished file that nothing stands at", async () => {
  const target = { root, folder: root, name: "a.txt" };
  expect(await disk.findFreePlace(target)).toEqual({ isFree: true, partName: "a.txt.part" });
  await writeFile(join(root, "a.txt.part"), "of somebody else");
  const { isFree, partName } = await disk.findFreePlace(target);
  expect([isFree, partName === "a.txt.part"]).toEqual([true, false]);
  await writeFile(join(root, "a.txt"), "");
  expect(await disk.findFreePlace(target)).toMatchObject({ isFree: false });
});

describe("a small file that leaves", () => {
  test("is read whole, through a link too, with the facts it was read under", async () => {
    await writeFile(join(root, "a.txt"), "hello");
    await symlink(join(root, "a.txt"), join(root, "link"));
    const { mtimeMs } = await stat(join(root, "a.txt"));
    expect(await disk.take(join(root, "link"))).toEqual({ bytes: text("hello"), size: 5, mtimeMs });
  });

  test("is left to the long way when it has grown large or is no file", async () => {
    await writeFile(join(root, "large"), new Uint8Array(wholeFileBytes + 1));
    expect(await disk.take(join(root, "large"))).toBeNull();
    expect(await disk.take(root)).toBeNull();
  });

  test("is missed by its name", async () => {
    await expect(disk.take(join(root, "no"))).rejects.toMatchObject({
      kind: "local-not-found",
      path: join(root, "no"),
    });
  });
});

test("what is asked together is answered each with its own", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `f${index}`);
  const puts = names.map((name) => disk.put(arrival({ name, partName: `${name}.part`, bytes: text(name) })));
  const missing = expect(disk.take(join(root, "no"))).rejects.toMatchObject({ kind: "local-not-found" });
  expect(await Promise.all(puts)).toEqual(names.map(() => true));
  await missing;
  const taken = await Promise.all(names.map((name) => disk.take(join(root, name))));
  expect(taken.map((found) => found && new TextDecoder().decode(found.bytes))).toEqual(names);
});

test("a thread that cannot be had sends every file the long way", async () => {
  const none = openWholeFileDisk(new URL("./no-such-thread.ts", import.meta.url));
  expect(await none.take(join(root, "a"))).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(none.isUp()).toBe(false);
  expect(await none.findFreePlace({ root, folder: root, name: "a" })).toMatchObject({ isFree: false });
  await none.close();
});
