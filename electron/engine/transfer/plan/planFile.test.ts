import { expect, test } from "vitest";
import type { ConflictChoice } from "../../../../shared/models/prompt.ts";
import type { TargetFacts } from "../upload/targetFolders.ts";
import { planFile } from "./planFile.ts";

const early = 1_600_000_000_000;
const late = 1_700_000_000_000;
const source = { size: 100, modifiedMs: late, precision: "second" } as const;
const file = (facts: Partial<TargetFacts> = {}): TargetFacts => {
  return { isFolder: false, size: 40, modifiedMs: early, precision: "second", ...facts };
};
const plan = (target: TargetFacts | null, action: ConflictChoice, mayResume = true, by: string | null = null) =>
  planFile({ source, target, rule: { action, by }, mayResume, freeName: () => "a (2)" });

const table: readonly [string, TargetFacts | null, ConflictChoice, string, string][] = [
  ["nothing stands there", null, "ask", "create", "new"],
  ["a folder stands there", file({ isFolder: true }), "overwrite", "fail", "folder-in-the-way"],
  ["the user will be asked", file(), "ask", "ask", "rule"],
  ["it is overwritten", file(), "overwrite", "overwrite", "rule"],
  ["the target is older", file(), "overwrite-if-newer", "overwrite", "rule"],
  ["the target is as new", file({ modifiedMs: late }), "overwrite-if-newer", "skip", "not-newer"],
  ["the target's time is not known", file({ modifiedMs: null }), "overwrite-if-newer", "ask", "unknown"],
  ["the sizes differ", file(), "overwrite-if-size-differs", "overwrite", "rule"],
  ["the sizes agree", file({ size: 100 }), "overwrite-if-size-differs", "skip", "same-size"],
  ["its size is not known", file({ size: null }), "overwrite-if-size-differs", "ask", "unknown"],
  ["a part is there", file(), "resume", "resume", "rule"],
  ["all of it is there", file({ size: 100 }), "resume", "skip", "same-size"],
  ["more than it is there", file({ size: 101 }), "resume", "ask", "unknown"],
  ["it gets another name", file(), "rename", "rename", "rule"],
  ["it is left alone", file(), "skip", "skip", "rule"],
];

test.each(table)("%s", (_, target, rule, action, reason) => {
  expect(plan(target, rule)).toMatchObject({ action, reason, size: 100 });
});

test("what stands there is kept with a free name beside it, whatever happens", () => {
  const target = file();
  expect(plan(target, "skip", true, "*.tmp")).toMatchObject({
    standing: target,
    newName: "a (2)",
    canResume: true,
    rule: "*.tmp",
  });
});

test("where neither end can begin in the middle, nobody is told that it could be resumed", () => {
  expect(plan(file(), "resume", false)).toMatchObject({ action: "ask", reason: "unknown", canResume: false });
});
