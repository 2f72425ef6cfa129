import { expect, test } from "vitest";
import { duplicate } from "./duplicate.ts";

const patient = new AbortController().signal;

/** A server that holds some paths and copies as told. */
function serverWith(...paths: readonly string[]) {
  const taken = new Set(paths);
  return {
    taken,
    stat: async (path: string) => (taken.has(path) ? ({ type: "file", size: 1, modifiedMs: null } as const) : null),
    copy: async (_path: string, newPath: string) => void taken.add(newPath),
    toText: (wire: string) => wire,
  };
}

test.each([
  ["/pub/plan.txt", "plan copy.txt"],
  ["/plan", "plan copy"],
  ["/.profile", ".profile copy"],
  ["/a.tar.gz", "a.tar copy.gz"],
])("%s is copied beside itself as %j", async (path, name) => {
  const server = serverWith(path);
  expect(await duplicate(server, path, patient)).toBe(name);
  expect([...server.taken].at(-1)).toBe(path.replace(/[^/]+$/, name));
});

test("a name that is taken is left alone", async () => {
  const server = serverWith("/plan.txt", "/plan copy.txt", "/plan copy 2.txt");
  expect(await duplicate(server, "/plan.txt", patient)).toBe("plan copy 3.txt");
});

test("the root has no place beside it", async () => {
  await expect(duplicate(serverWith("/"), "/", patient)).rejects.toMatchObject({ kind: "invalid-input" });
});
