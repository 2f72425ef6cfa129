import { expect, test } from "vitest";
import type { Batch } from "../../../shared/models/batch.ts";
import { createI18n } from "../../i18n/createI18n.ts";
import { createFormats } from "../../i18n/format.ts";
import { batchShare, batchTitle, outcomeWords, proofHint, proofWords } from "./batchWords.ts";

const sample: Batch = {
  id: 1,
  direction: "upload",
  siteId: "s1",
  siteName: "Harbour",
  title: "film",
  sources: 1,
  target: "/www",
  createdMs: 5,
  finishedMs: null,
  files: 10,
  folders: 0,
  bytes: 1_000,
  bytesSettled: 250,
  isPlan: false,
  left: 8,
  done: 2,
  proved: [],
  cancelled: 0,
  skipped: [],
  failed: [],
};
const t = createI18n("en").getFixedT("en", "dock");
const formats = createFormats("en", "binary", { today: (time) => time, yesterday: (time) => time });

test("a drop is called by its first name and how many came with it", () => {
  expect(batchTitle(sample, t)).toBe("film");
  expect(batchTitle({ ...sample, sources: 2 }, t)).toBe("film and 1 more");
  expect(batchTitle({ ...sample, sources: 1_300 }, t)).toBe("film and 1,299 more");
});

test.each([
  ["by bytes", {}, 0.25],
  ["by files where all are empty", { bytes: 0, bytesSettled: 0 }, 0.2],
  ["nothing known yet", { bytes: 0, bytesSettled: 0, files: 0, left: 0 }, 0],
])("how far it is: %s", (_, part, expected) => {
  expect(batchShare({ ...sample, ...part })).toBe(expected);
});

test.each([
  ["still at work", {}, ""],
  ["all arrived", { left: 0, done: 10 }, "All transferred"],
  [
    "the worst comes first",
    {
      skipped: [
        { reason: "user" as const, count: 1 },
        { reason: "same-size" as const, count: 2 },
      ],
      failed: [{ kind: "busy" as const, count: 4 }],
      cancelled: 1,
    },
    "4 failed · 3 skipped · 1 cancelled",
  ],
])("what came of it: %s", (_, part, expected) => {
  expect(outcomeWords({ ...sample, ...part }, formats, t)).toBe(expected);
});

test("what is proved by its size alone is told apart from what is verified", () => {
  expect(proofWords(sample, formats, t)).toBe("");
  const proved = [
    { level: "read-back" as const, count: 1 },
    { level: "hash" as const, count: 4 },
    { level: "tail" as const, count: 1_002 },
    { level: "size" as const, count: 3 },
    { level: "word" as const, count: 1 },
  ];
  expect(proofWords({ ...sample, proved }, formats, t)).toBe(
    "1,007 verified · 3 by size only · 1 on the server’s word",
  );
});

test("the proofs that a drop has are explained, and no others", () => {
  const proved = [
    { level: "hash" as const, count: 4 },
    { level: "size" as const, count: 3 },
  ];
  expect(proofHint({ ...sample, proved }, t).split("\n")).toEqual([
    "checksum equal – The server computed the same checksum as Portside.",
    "size equal – Both sides are as long. A changed byte would not be noticed.",
  ]);
});
