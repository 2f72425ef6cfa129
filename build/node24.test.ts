import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findPinnedNode, root } from "./node24.mjs";

// macOS has no platform package: there the user's own Node 24 runs everything.
test.skipIf(process.platform === "darwin")("the Node that came with npm ci is a Node 24", () => {
  const node = findPinnedNode() ?? expect.unreachable("npm ci brought no Node");
  expect(execFileSync(node, ["--version"], { encoding: "utf8" })).toMatch(/^v24\./);
});

test("where none came, there is none", () => {
  const empty = mkdtempSync(join(tmpdir(), "portside-node-"));
  expect(findPinnedNode(empty)).toBeNull();
  rmSync(empty, { recursive: true });
  expect(findPinnedNode(root, "sunos", "sparc")).toBeNull();
});
