import { expect, test } from "vitest";
import { sitesInTurn } from "./siteTurns.ts";

test.each([
  { name: "sites take turns", last: 2, priorities: [0, 0, 0], order: "cab" },
  { name: "the last of all is followed by the first", last: 3, priorities: [0, 0, 0], order: "abc" },
  { name: "a site with something more urgent comes first", last: 1, priorities: [0, 0, 2], order: "cba" },
  { name: "urgent sites take turns among themselves", last: 1, priorities: [1, -1, 1], order: "cab" },
  { name: "one site alone is always next", last: 1, priorities: [-2], order: "a" },
])("$name", ({ last, priorities, order }) => {
  const sites = priorities.map((_, index) => ({ no: index + 1, id: "abc"[index] ?? "" }));
  const inTurn = sitesInTurn(sites, last, ({ no }) => priorities[no - 1] ?? 0);
  expect(inTurn.map(({ id }) => id).join("")).toBe(order);
});
