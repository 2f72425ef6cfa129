import { expect, test } from "vitest";
import { decideTemporaryName, temporaryNameOf, type UploadAhead } from "./temporaryNames.ts";

const large: UploadAhead = {
  wish: "automatic",
  renames: null,
  isRefused: false,
  size: 1_000_000,
  replaces: false,
  showsFiles: true,
};

test.each([
  ["a large file is complete or not there", large, "temporary"],
  [
    "a server that refuses to rename onto a file can have the old one removed",
    { ...large, renames: "refused" },
    "temporary",
  ],
  ["a small new file goes directly", { ...large, size: 4_096 }, "direct"],
  [
    "a small file that replaces another does not destroy it first",
    { ...large, size: 4_096, replaces: true },
    "temporary",
  ],
  ["the folder is looked at once", { ...large, showsFiles: undefined }, "look"],
  ["a drop-off folder gets the file by its name", { ...large, showsFiles: false }, "direct"],
  ["the site does not want it", { ...large, wish: "never", replaces: true }, "direct"],
  ["the server renames nothing", { ...large, renames: "never", replaces: true }, "direct"],
  ["the folder has refused it before", { ...large, isRefused: true }, "direct"],
] as const)("%s", (_, upload, way) => {
  expect(decideTemporaryName(upload)).toBe(way);
});

test("a temporary name is hidden, tells its file and is nobody else's", () => {
  const name = temporaryNameOf("big.iso");
  expect(name).toMatch(/^\.big\.iso\.[0-9a-f]{8}\.part$/);
  expect(temporaryNameOf("big.iso")).not.toBe(name);
  expect(temporaryNameOf("x".repeat(250)).length).toBeLessThan(40);
});
