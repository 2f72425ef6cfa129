import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  choosePartName,
  continueFile,
  discardPartialFile,
  finishPartialFile,
  localPathIn,
  makeLocalFolder,
  newFileMode,
  openPartialFile,
  partialSize,
} from "./partialFile.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "portside-partial-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const target = () => ({ root, folder: root });
const fresh = { keep: false, isOurs: false, size: null };
const plain = { name: "a", partName: "a.part", replaced: null, modifiedMs: null, mode: newFileMode };

async function writePart(text: string, options = fresh): Promise<number> {
  const partial = await openPartialFile(target(), "a.part", options);
  for (const character of text) await partial.sink.write(Buffer.from(character));
  return partial.close();
}

describe("paths from names", () => {
  test.each(["", ".", "..", "a/b", "/etc/passwd", "../x", "a\0b"])("%j is refused", (name) => {
    expect(() => localPathIn("/home", name)).toThrow(expect.objectContaining({ kind: "name-not-allowed" }));
  });

  test("whatever a name is, its path lies directly in the folder", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", ".", "/", "\0", " ", "é"), maxLength: 8 }), (name) => {
        let path = "";
        try {
          path = localPathIn("/home/user", name);
        } catch {
          return;
        }
        expect(join(path, "..")).toBe("/home/user");
      }),
    );
  });
});

describe("an unfinished download", () => {
  test("collects small writes and big ones in order", async () => {
    const partial = await openPartialFile(target(), "a.part", { ...fresh, size: 2_500_000 });
    const pieces = [10, 300_000, 5, 1_500_000, 699_985].map((size, index) => Buffer.alloc(size, index + 65));
    for (const piece of pieces) {
      const lent = Buffer.from(piece);
      await partial.sink.write(lent);
      lent.fill(0); // the writer may use its buffer again
    }
    expect(await partial.close()).toBe(2_500_000);
    expect((await readFile(join(root, "a.part"))).equals(Buffer.concat(pieces))).toBe(true);
  });

  test("is nobody else's to read while it grows", async () => {
    await writePart("x");
    expect((await stat(join(root, "a.part"))).mode & 0o777).toBe(0o600);
  });

  test("is continued behind what it holds, or begun anew", async () => {
    await writePart("first ");
    expect(await partialSize(root, "a.part")).toBe(6);
    expect(await writePart("second", { keep: true, isOurs: true, size: null })).toBe(12);
    expect(await readFile(join(root, "a.part"), "utf8")).toBe("first second");
    expect(await writePart("third", { keep: false, isOurs: true, size: null })).toBe(5);
    expect(await readFile(join(root, "a.part"), "utf8")).toBe("third");
  });

  test("never takes over a file that another program made", async () => {
    await writeFile(join(root, "a.part"), "theirs");
    await expect(writePart("x")).rejects.toMatchObject({ kind: "already-exists" });
    expect(await readFile(join(root, "a.part"), "utf8")).toBe("theirs");
  });

  test("never writes through a link, neither of its own nor on the way", async () => {
    await mkdir(join(root, "elsewhere"));
    await writeFile(join(root, "elsewhere/victim"), "safe");
    await symlink(join(root, "elsewhere/victim"), join(root, "a.part"));
    await expect(writePart("x", { keep: false, isOurs: true, size: null })).rejects.toMatchObject({
      kind: "local-permission",
    });
    await symlink(join(root, "elsewhere"), join(root, "sub"));
    const through = { root, folder: join(root, "sub") };
    await expect(openPartialFile(through, "b.part", fresh)).rejects.toMatchObject({ kind: "local-permission" });
    expect(await readdir(join(root, "elsewhere"))).toEqual(["victim"]);
    expect(await readFile(join(root, "elsewhere/victim"), "utf8")).toBe("safe");
  });

  test("a folder outside the chosen one is refused", async () => {
    const outside = { root: join(root, "chosen"), folder: root };
    await expect(openPartialFile(outside, "b.part", fresh)).rejects.toMatchObject({ kind: "local-permission" });
  });

  test("finds a free name for itself", async () => {
    expect(await choosePartName(root, "a")).toBe("a.part");
    await writeFile(join(root, "a.part"), "");
    expect(await choosePartName(root, "a")).toBe("a (2).part");
  });
});

describe("the final name", () => {
  test("is given at once, with time and usual permissions", async () => {
    await writePart("text");
    await finishPartialFile({ target: target(), ...plain, modifiedMs: 1_000_000_000_000 });
    expect(await readdir(root)).toEqual(["a"]);
    const found = await stat(join(root, "a"));
    expect(found.mtimeMs).toBe(1_000_000_000_000);
    expect(found.mode & 0o777).toBe(newFileMode);
  });

  test("is not taken from what has appeared there", async () => {
    await writePart("text");
    await writeFile(join(root, "a"), "theirs");
    await expect(finishPartialFile({ target: target(), ...plain })).rejects.toMatchObject({ kind: "already-exists" });
    expect(await readFile(join(root, "a"), "utf8")).toBe("theirs");
    expect(await readFile(join(root, "a.part"), "utf8")).toBe("text");
  });

  test("replaces the very file that was decided about, and keeps its permissions", async () => {
    await writePart("text");
    await writeFile(join(root, "a"), "old");
    await chmod(join(root, "a"), 0o640);
    const { size, mtimeMs, mode } = await stat(join(root, "a"));
    const replaced = { size, modifiedMs: mtimeMs };
    await writeFile(join(root, "a"), "changed");
    const finish = { target: target(), ...plain, mode: mode & 0o777 };
    await expect(finishPartialFile({ ...finish, replaced })).rejects.toMatchObject({ kind: "already-exists" });
    const now = await stat(join(root, "a"));
    await finishPartialFile({ ...finish, replaced: { size: now.size, modifiedMs: now.mtimeMs } });
    expect(await readFile(join(root, "a"), "utf8")).toBe("text");
    expect((await stat(join(root, "a"))).mode & 0o777).toBe(0o640);
  });
});

describe("giving up", () => {
  test("deletes the unfinished download, and does not mind if it is gone", async () => {
    await writePart("text");
    await discardPartialFile(root, "a.part", null);
    await discardPartialFile(root, "a.part", null);
    expect(await readdir(root)).toEqual([]);
  });

  test("gives the user's own file its name back", async () => {
    await writeFile(join(root, "a"), "half");
    await continueFile(root, "a", "a.part");
    expect(await readdir(root)).toEqual(["a.part"]);
    await discardPartialFile(root, "a.part", "a");
    expect(await readFile(join(root, "a"), "utf8")).toBe("half");
  });
});

describe("folders", () => {
  test("are made or found", async () => {
    expect(await makeLocalFolder(target(), "d")).toEqual({ path: join(root, "d"), isNew: true });
    expect(await makeLocalFolder(target(), "d")).toEqual({ path: join(root, "d"), isNew: false });
  });

  test("are not made out of files or links", async () => {
    await writeFile(join(root, "f"), "");
    await expect(makeLocalFolder(target(), "f")).rejects.toMatchObject({ kind: "not-a-directory" });
    await symlink(tmpdir(), join(root, "l"));
    await expect(makeLocalFolder(target(), "l")).rejects.toMatchObject({ kind: "local-permission" });
  });

  test("that cannot be made say why", async () => {
    await expect(makeLocalFolder({ root: join(root, "no"), folder: join(root, "no") }, "d")).rejects.toMatchObject({
      kind: "local-not-found",
    });
  });
});
