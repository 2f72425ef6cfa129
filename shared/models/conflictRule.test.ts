import { describe, expect, test } from "vitest";
import { type ConflictCase, type ConflictRule, findConflictRule } from "./conflictRule.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 5, 1);
const any: ConflictRule = {
  id: "any",
  names: "",
  direction: null,
  siteId: null,
  minBytes: null,
  maxBytes: null,
  olderThanDays: null,
  newerThanDays: null,
  action: "skip",
};
const file: ConflictCase = {
  name: "Report.PDF",
  direction: "upload",
  siteId: "studio",
  size: 1_000,
  modifiedMs: now - 10 * dayMs,
};

describe("a rule", () => {
  test.each<[string, Partial<ConflictRule>, Partial<ConflictCase>, boolean]>([
    ["without conditions means every file", {}, {}, true],
    ["means the names of its pattern", { names: "*.pdf" }, {}, true],
    ["does not mean other names", { names: "*.tmp" }, {}, false],
    ["means the names of any of its patterns", { names: "*.tmp; report.*" }, {}, true],
    ["means its direction", { direction: "upload" }, {}, true],
    ["does not mean the other direction", { direction: "download" }, {}, false],
    ["means its site", { siteId: "studio" }, {}, true],
    ["does not mean another site", { siteId: "office" }, {}, false],
    ["means a size of at least its least", { minBytes: 1_000 }, {}, true],
    ["does not mean a smaller one", { minBytes: 1_001 }, {}, false],
    ["means a size of at most its most", { maxBytes: 1_000 }, {}, true],
    ["does not mean a larger one", { maxBytes: 999 }, {}, false],
    ["means an empty file where it says so", { maxBytes: 0 }, { size: 0 }, true],
    ["about sizes means no file of unknown size", { minBytes: 0 }, { size: null }, false],
    ["means what is older than it says", { olderThanDays: 9 }, {}, true],
    ["does not mean what is younger", { olderThanDays: 11 }, {}, false],
    ["means what is newer than it says", { newerThanDays: 11 }, {}, true],
    ["does not mean what is older", { newerThanDays: 9 }, {}, false],
    ["about ages means no file of unknown age", { newerThanDays: 11 }, { modifiedMs: null }, false],
    ["takes a file from the future for a new one", { newerThanDays: 1 }, { modifiedMs: now + dayMs }, true],
    ["holds only when all of its conditions do", { names: "*.pdf", maxBytes: 1 }, {}, false],
  ])("%s", (_, conditions, facts, isMeant) => {
    expect(findConflictRule([{ ...any, ...conditions }], { ...file, ...facts }, now) !== null).toBe(isMeant);
  });

  test("the first that fits decides", () => {
    const rules = [
      { ...any, id: "1", names: "*.tmp" },
      { ...any, id: "2", names: "*.pdf" },
      { ...any, id: "3" },
    ];
    expect(findConflictRule(rules, file, now)?.id).toBe("2");
    expect(findConflictRule([...rules].reverse(), file, now)?.id).toBe("3");
    expect(findConflictRule([], file, now)).toBeNull();
  });
});
