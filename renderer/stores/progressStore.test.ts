import { describe, expect, test } from "vitest";
import type { ProgressBatch } from "../../shared/models/transfer.ts";
import { applyProgress, graphSpanMs, initialProgress } from "./progressStore.ts";

function batch(atMs: number, running: readonly number[], speed = 1_000): ProgressBatch {
  return {
    atMs,
    transfers: running.map((id) => ({
      id,
      session: "transfer 1",
      bytesDone: atMs,
      size: 9_000,
      bytesPerSecond: speed,
      etaMs: 5,
    })),
    total: {
      bytesPerSecond: speed,
      uploadBytesPerSecond: speed,
      downloadBytesPerSecond: 0,
      bytesRemaining: 10,
      etaMs: 5,
    },
  };
}

test("a figure that has not moved keeps its identity, and one that has ended is gone", () => {
  const first = applyProgress(initialProgress, batch(1_000, [1, 2]));
  const same = { ...batch(1_000, [1]), atMs: 1_100 };
  const second = applyProgress(first, same);
  expect(second.byId.get(1)).toBe(first.byId.get(1));
  expect(second.byId.has(2)).toBe(false);
});

describe("the graph's samples", () => {
  test("ten batches a second make one sample a second", () => {
    let state = initialProgress;
    for (let at = 0; at < 3_000; at += 100) state = applyProgress(state, batch(at, [1]));
    expect(state.samples.map((sample) => sample.atMs)).toEqual([0, 1_000, 2_000]);
  });

  test("a pause of the stream is drawn as silence, not as a bridge", () => {
    const before = applyProgress(initialProgress, batch(0, [1]));
    const after = applyProgress(before, batch(60_000, [1]));
    expect(after.samples.map(({ atMs, upload }) => [atMs, upload])).toEqual([
      [0, 1_000],
      [1, 0],
      [59_999, 0],
      [60_000, 1_000],
    ]);
  });

  test("the last batch of a run is always kept, so that the line ends at zero", () => {
    const running = applyProgress(initialProgress, batch(0, [1]));
    const ended = applyProgress(running, batch(200, [], 0));
    expect(ended.samples.at(-1)).toEqual({ atMs: 200, upload: 0, download: 0 });
  });

  test("what is older than the graph is forgotten", () => {
    const old = applyProgress(initialProgress, batch(0, [1]));
    const now = applyProgress(old, batch(graphSpanMs + 1, [1]));
    expect(now.samples.every((sample) => sample.atMs > 0)).toBe(true);
  });
});
