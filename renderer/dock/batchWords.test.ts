import { expect, test } from "vitest";
import type { Batch } from "../../shared/models/batch.ts";
import { createI18n } from "../i18n/createI18n.ts";
import { createFormats } from "../i18n/format.ts";
import { batchShare, batchTitle, outcomeWords } from "./batchWords.ts";

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
