import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";

const root = resolve(import.meta.dirname, "../..");
const cases = z
  .array(z.object({ id: z.string(), fault: z.string() }))
  .parse(JSON.parse(readFileSync(new URL("fault-cases.json", import.meta.url), "utf8")));

/** What whole files of tests are about: a damaged queue file (electron/engine/db), random faults (e2e/servers/torture.test.ts). */
const subjects = ["F-process-11", "F-random-01"];

/** The cases that the titles of a test file name: "F-control-06, -07: …". */
function casesNamedIn(text: string): string[] {
  return [...text.matchAll(/F-(?<family>[a-z-]+?)-\d\d(?:, -\d\d)*/g)].flatMap(({ 0: named, groups }) =>
    [...named.matchAll(/\d\d/g)].map(([number]) => `F-${groups?.family}-${number}`),
  );
}

test("every case of the fault list has a test that names it, and no test names a case that is not there", async () => {
  const named = new Set<string>(subjects);
  for await (const file of glob("{electron,e2e,shared}/**/*.test.ts", { cwd: root })) {
    if (file.endsWith("cases/faultCases.test.ts")) continue;
    for (const id of casesNamedIn(readFileSync(resolve(root, file), "utf8"))) named.add(id);
  }
  const ids = cases.map(({ id }) => id);
  expect(ids.filter((id) => !named.has(id))).toEqual([]);
  expect([...named].filter((id) => !ids.includes(id))).toEqual([]);
});
