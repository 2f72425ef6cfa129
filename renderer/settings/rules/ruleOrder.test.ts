import { expect, test } from "vitest";
import { conflictRuleSchema } from "../../../shared/models/conflictRule.ts";
import { moveRule, newRule } from "./ruleOrder.ts";

const rules = ["a", "b", "c"].map(newRule);

test.each<[string, number, string]>([
  ["a", 1, "bac"],
  ["a", 2, "bca"],
  ["a", -1, "abc"],
  ["c", -1, "acb"],
  ["c", 5, "abc"],
  ["b", -9, "bac"],
  ["nobody", 1, "abc"],
])("%s moved by %i makes %s %s", (id, by, order) => {
  expect(
    moveRule(rules, id, by)
      .map((rule) => rule.id)
      .join(""),
  ).toBe(order);
});

test("a new rule is one that can be kept", () => {
  expect(conflictRuleSchema.safeParse(newRule("x")).success).toBe(true);
});
