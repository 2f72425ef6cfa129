import { expect, test } from "vitest";
import type { ProgressBatch, QueueSummary } from "../../shared/models/transfer.ts";
import { showTaskbarProgress } from "./taskbarProgress.ts";

function follow() {
  let emitSummary: (summary: QueueSummary) => void = () => {};
  let emitProgress: (batch: ProgressBatch) => void = () => {};
  const shown: number[] = [];
  const ended: string[] = [];
  const stop = showTaskbarProgress(
    {
      "queue.watchSummary": (_, emit) => {
        emitSummary = emit;
        return () => ended.push("summary");
      },
      "progress.watch": (_, emit) => {
        emitProgress = emit;
        return () => ended.push("progress");
      },
    },
    (share) => shown.push(share),
  );
  const idle = { queued: 0, running: 0, waiting: 0, paused: 0, failed: 0, completed: 0 };
  return {
    shown,
    ended,
    stop,
    queue: (running: number, bytesRemaining: number) =>
      emitSummary({ ...idle, running, bytesRemaining, isProcessing: true, resting: [] }),
    move: (bytesRemaining: number) =>
      emitProgress({
        atMs: 0,
        transfers: [],
        total: {
          bytesPerSecond: 0,
          uploadBytesPerSecond: 0,
          downloadBytesPerSecond: 0,
          bytesRemaining,
          etaMs: null,
        },
      }),
  };
}

test("the taskbar fills while bytes move, and is plain again at the end", () => {
  const { shown, queue, move } = follow();
  queue(0, 0);
  queue(2, 1_000);
  move(750);
  move(749); // less than a hundredth more
  queue(1, 500);
  queue(0, 0);
  expect(shown).toEqual([0, 0.25, 0.5, -1]);
});

test("what is added meanwhile makes the way longer, never negative", () => {
  const { shown, queue, move } = follow();
  queue(1, 1_000);
  move(500);
  queue(1, 500);
  queue(1, 3_500); // 3,000 more
  move(9_000);
  expect(shown).toEqual([0, 0.5, 0.12, 0]);
});

test("without a known size it only says that something moves", () => {
  const { shown, queue } = follow();
  queue(1, 0);
  queue(0, 0);
  expect(shown).toEqual([2, -1]);
});

test("whoever stops listening is told nothing more", () => {
  const { ended, stop } = follow();
  stop();
  expect(ended).toEqual(["summary", "progress"]);
});
