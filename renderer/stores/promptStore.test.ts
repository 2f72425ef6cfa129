import { expect, test } from "vitest";
import { countQuestions, toCards } from "./promptStore.ts";
import { sampleConflict } from "./testing/samples.ts";

test("the conflicts of one batch share a card that counts how many wait behind the first", () => {
  const cards = toCards(
    [sampleConflict(1), sampleConflict(2), sampleConflict(3, { batchId: 7 }), sampleConflict(4)],
    4,
  );
  expect(cards.map((card) => [card.key, card.id, card.kind === "conflict" && card.others])).toEqual([
    ["batch 1", 1, 2],
    ["batch 7", 3, 0],
  ]);
});

test("a card keeps its key while its conflicts are answered one by one", () => {
  const before = toCards([sampleConflict(1), sampleConflict(2)], 2);
  const after = toCards([sampleConflict(2)], 1);
  expect(after[0]?.key).toBe(before[0]?.key);
  expect(after[0]).toMatchObject({ id: 2, others: 0 });
});

test("each question about a password has a card of its own", () => {
  const ask = (id: number) => ({
    id,
    askedMs: id,
    question: { kind: "password" as const, siteId: "s1", siteName: "Harbour", host: "h", user: "ann" },
  });
  expect(toCards([ask(1), ask(2)], 0).map((card) => card.key)).toEqual(["1", "2"]);
});

test("a lost encryption is asked about on a card of its own", () => {
  const question = { kind: "downgrade" as const, host: "h", port: 21 };
  expect(toCards([{ id: 4, askedMs: 4, question }], 0)).toEqual([{ kind: "downgrade", key: "4", id: 4, question }]);
});

test("conflicts that the engine has not asked yet are counted, as long as it is clear whose they are", () => {
  expect(toCards([sampleConflict(1), sampleConflict(2)], 300)[0]).toMatchObject({ others: 299 });
  const twoDrops = toCards([sampleConflict(1), sampleConflict(2, { batchId: 7 })], 300);
  expect(twoDrops.map((card) => card.kind === "conflict" && card.others)).toEqual([0, 0]);
  expect(countQuestions([sampleConflict(1), sampleConflict(2)], 300)).toBe(300);
  expect(countQuestions([sampleConflict(1)], 0)).toBe(1);
});
