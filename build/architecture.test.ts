import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");

test("every test that the page of the house names is there", () => {
  const named = [...page.matchAll(/`(?<path>[\w/]+\.test\.ts)`/g)].map((match) => match.groups?.path ?? "");
  const folderOf = (path: string) => (/^(?:build|e2e|shared)\//.test(path) ? root : join(root, "electron/engine"));
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(join(folderOf(path), path)))).toEqual([]);
});
