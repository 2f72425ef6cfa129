import { expect, test } from "vitest";
import { initialProgress } from "../stores/progressStore.ts";
import { emptySummary } from "../stores/queueStore.ts";
import { queueShare } from "./queueShare.ts";

const live = (bytesRemaining: number) => ({ ...initialProgress.total, bytesRemaining });

test("while transfers run, live figures move the bar between summaries", () => {
  const summary = { ...emptySummary, running: 1, bytesRemaining: 80 };
  expect(queueShare(summary, 100, live(70))).toBeCloseTo(0.3);
});

test("a paused queue stands where its rows say, not where old live figures were", () => {
  expect(queueShare({ ...emptySummary, paused: 1, bytesRemaining: 80 }, 100, live(0))).toBeCloseTo(0.2);
});

test("without a known size there is no share", () => {
  expect(queueShare({ ...emptySummary, running: 1 }, 0, live(0))).toBeNull();
});

test("the share stays between nothing and all", () => {
  expect(queueShare({ ...emptySummary, queued: 1, bytesRemaining: 120 }, 100, live(0))).toBe(0);
});
