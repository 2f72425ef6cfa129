import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Entry } from "../../../shared/models/entry.ts";
import { systemClock } from "../ports.ts";
import { createLocalFolders } from "./localFolders.ts";
import { formatMode } from "./localListing.ts";
import { createLocalPaths } from "./localPaths.ts";

const never = new AbortController().signal;
const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

function setUp() {
  const root = mkdtempSync(join(tmpdir(), "portside-local-"));
  roots.push(root);
  return { root, local: createLocalFolders({ platform: process.platform, home: root, clock: systemClock }) };
}

async function list(local: ReturnType<typeof setUp>["local"], path: string) {
  const entries: Entry[] = [];
  await local.list(path, (batch) => entries.push(...batch), never);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

test("a listing tells type, size, time and permissions; links are shown, not followed", async () => {
  const { root, local } = setUp();
  mkdirSync(join(root, "dir"));
  writeFileSync(join(root, "file"), "12345", { mode: 0o640 });
  utimesSync(join(root, "file"), 1_700_000_000.5, 1_700_000_000.5);
  symlinkSync("dir", join(root, "link"));
  const [dir, file, link] = await list(local, root);
  expect(dir).toMatchObject({ name: "dir", type: "directory", size: null });
  expect(file).toMatchObject({ type: "file", size: 5, modifiedMs: 1_700_000_000_500, permissions: "rw-r-----" });
  expect(link).toMatchObject({ type: "symlink", linkTarget: "dir" });
});

const oddNames = [
  " leading and trailing ",
  "-rf",
  "quotes \" ' `",
  "100% #1 & ~",
  "zeile\nzwei",
  "🚀 emoji",
  "中文",
  "back\\slash",
  "n".repeat(200),
];

test("odd names are listed as they are, and renamed", async () => {
  const { root, local } = setUp();
  for (const name of oddNames) writeFileSync(join(root, name), "x");
  expect((await list(local, root)).map(({ name }) => name).sort()).toEqual([...oddNames].sort());
  for (const name of oddNames) await local.rename(root, name, `${name}2`);
  expect(readdirSync(root).sort()).toEqual(oddNames.map((name) => `${name}2`).sort());
});

test("a large folder arrives in batches", async () => {
  const { root, local } = setUp();
  for (let index = 0; index < 2_500; index++) writeFileSync(join(root, `f${index}`), "");
  const sizes: number[] = [];
  await local.list(root, (entries) => sizes.push(entries.length), never);
  expect(sizes).toEqual([1_000, 1_000, 500]);
});

test("a reading that is cancelled stops", async () => {
  const { root, local } = setUp();
  writeFileSync(join(root, "f"), "");
  await expect(local.list(root, () => {}, AbortSignal.abort())).rejects.toMatchObject({ kind: "cancelled" });
});

test.each([
  ["missing", "local-not-found"],
  ["file", "not-a-directory"],
])("listing what is %s tells why", async (name, kind) => {
  const { root, local } = setUp();
  writeFileSync(join(root, "file"), "");
  await expect(list(local, join(root, name))).rejects.toMatchObject({ kind });
});

test("a rename never overwrites", async () => {
  const { root, local } = setUp();
  writeFileSync(join(root, "a"), "");
  writeFileSync(join(root, "b"), "");
  await expect(local.rename(root, "a", "b")).rejects.toMatchObject({ kind: "already-exists" });
  await expect(local.rename(root, "gone", "c")).rejects.toMatchObject({ kind: "local-not-found" });
  expect(readdirSync(root)).toEqual(["a", "b"]);
});

test("a folder cannot be moved into itself", async () => {
  const { root, local } = setUp();
  mkdirSync(join(root, "a/b"), { recursive: true });
  await expect(local.move(root, "a", join(root, "a/b"))).rejects.toMatchObject({ kind: "invalid-input" });
  await local.move(join(root, "a"), "b", root);
  expect(readdirSync(root)).toEqual(["a", "b"]);
});

test.each(["..", ".", "", "a/b", "../x", "a\0b"])("%j is not the name of an entry", async (name) => {
  const { root, local } = setUp();
  mkdirSync(join(root, "inner"));
  writeFileSync(join(root, "x"), "");
  expect(() => local.join(join(root, "inner"), name)).toThrow(expect.objectContaining({ kind: "invalid-input" }));
  expect(readdirSync(root)).toEqual(["inner", "x"]);
});

test("permissions are set", async () => {
  const { root, local } = setUp();
  writeFileSync(join(root, "f"), "");
  await local.setPermissions(join(root, "f"), 0o600);
  expect((await list(local, root))[0]?.permissions).toBe("rw-------");
});

test.each([
  ["~", ""],
  ["~/sub", "sub"],
  ["sub", "sub"],
  ["sub/../sub/.", "sub"],
])("the typed path %j is resolved", async (text, expected) => {
  const { root, local } = setUp();
  mkdirSync(join(root, "sub"));
  expect(await local.resolve(root, text)).toBe(join(root, expected));
});

test("a typed path that is no folder is refused with the reason", async () => {
  const { root, local } = setUp();
  writeFileSync(join(root, "file"), "");
  await expect(local.resolve(root, "gone")).rejects.toMatchObject({ kind: "local-not-found" });
  await expect(local.resolve(root, "file")).rejects.toMatchObject({ kind: "not-a-directory" });
});

test("dropped paths become sources; a link stands for what it points to, a pipe is refused", async () => {
  const { root, local } = setUp();
  writeFileSync(join(root, "file"), "123");
  mkdirSync(join(root, "dir"));
  symlinkSync("file", join(root, "link"));
  expect(await local.describe(join(root, "link"))).toMatchObject({ name: "link", type: "file", size: 3 });
  expect(await local.describe(join(root, "dir"))).toMatchObject({ name: "dir", type: "directory", size: null });
  await expect(local.describe("/dev/null")).rejects.toMatchObject({ kind: "invalid-input" });
  expect(readlinkSync(join(root, "link"))).toBe("file");
});

test("a change on disk is told once for many events, and no more after the undo", async () => {
  const { root, local } = setUp();
  let told = 0;
  const stop = local.watch(root, () => told++);
  for (let index = 0; index < 20; index++) writeFileSync(join(root, `f${index}`), "x");
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(told).toBe(1);
  stop();
  writeFileSync(join(root, "late"), "x");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told).toBe(1);
});

test("a folder that cannot be watched does no harm", () => {
  const { root, local } = setUp();
  expect(() => local.watch(join(root, "missing"), () => {})()).not.toThrow();
});

test.each([
  [0o755, "rwxr-xr-x"],
  [0o640, "rw-r-----"],
  [0o4755, "rwsr-xr-x"],
  [0o4644, "rwSr--r--"],
  [0o2710, "rwx--s---"],
  [0o1777, "rwxrwxrwt"],
  [0o1666, "rw-rw-rwT"],
  [0, "---------"],
])("mode %o is shown as %s", (mode, text) => {
  expect(formatMode(mode)).toBe(text);
});

describe("on Windows", () => {
  const paths = createLocalPaths("win32");

  test("the drives stand below one root", () => {
    expect(paths.isDriveList("/")).toBe(true);
    expect(paths.parentOf("C:\\")).toBe("/");
    expect(paths.parentOf("C:\\Users\\anna")).toBe("C:\\Users");
    expect(paths.join("/", "D:")).toBe("D:\\");
  });

  test("crumbs go from the drives to the folder", () => {
    expect(paths.crumbsOf("C:\\Users")).toEqual([
      { label: "/", path: "/" },
      { label: "C:", path: "C:\\" },
      { label: "Users", path: "C:\\Users" },
    ]);
  });

  test.each(["a\\b", "..\\x", "a/b"])("%j is not the name of an entry", (name) => {
    expect(() => paths.join("C:\\", name)).toThrow(expect.objectContaining({ kind: "invalid-input" }));
  });

  test.each([
    ["C:\\Users", "..", "C:\\"],
    ["C:\\Users", "D:\\x", "D:\\x"],
    ["C:\\", "~\\docs", "C:\\Users\\anna\\docs"],
    ["C:\\", "/", "/"],
  ])("from %s, %j leads to %s", (from, text, expected) => {
    expect(paths.resolve(from, text, "C:\\Users\\anna")).toBe(expected);
  });
});
