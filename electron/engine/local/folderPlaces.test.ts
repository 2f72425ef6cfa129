import { mkdir, mkdtemp, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FolderPlaces, rememberFolderPlaces } from "./folderPlaces.ts";

let base = "";
let root = "";
let nowMs = 0;
let places: FolderPlaces;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "portside-places-"));
  root = join(base, "chosen");
  await mkdir(join(root, "a/b"), { recursive: true });
  await mkdir(join(base, "elsewhere/b"), { recursive: true });
  nowMs = 0;
  places = rememberFolderPlaces(() => nowMs);
});
afterEach(() => rm(base, { recursive: true, force: true }));

const refused = { kind: "local-permission" };
const look = (folder: string) => places.refuseDetour(root, join(root, folder));

test("a folder below the chosen one is let through, again and again", async () => {
  await look("a/b");
  await look("a/b");
  await look(".");
});

test("a folder that has become a link between two files is refused", async () => {
  await look("a/b");
  await rename(join(root, "a/b"), join(root, "a/was"));
  await symlink(join(base, "elsewhere/b"), join(root, "a/b"));
  await expect(look("a/b")).rejects.toMatchObject(refused);
  await expect(look("a/b")).rejects.toMatchObject(refused);
});

test("a folder whose parent has become a link between two files is refused", async () => {
  await look("a/b");
  await rename(join(root, "a"), join(root, "was"));
  await symlink(join(base, "elsewhere"), join(root, "a"));
  await expect(look("a/b")).rejects.toMatchObject(refused);
});

test("the very folder moved out of the chosen one and linked back is refused once the memory has faded", async () => {
  await look("a/b");
  await rename(join(root, "a"), join(base, "moved"));
  await symlink(join(base, "moved"), join(root, "a"));
  nowMs = 60_000;
  await expect(look("a/b")).rejects.toMatchObject(refused);
});

test("a folder made anew in the same place is let through", async () => {
  await look("a/b");
  await rename(join(root, "a/b"), join(root, "a/was"));
  await mkdir(join(root, "a/b"));
  await look("a/b");
});

test("a folder outside the chosen one is refused", async () => {
  await expect(places.refuseDetour(root, base)).rejects.toMatchObject(refused);
});
