import { describe, expect, test } from "vitest";
import { chooseOne } from "./queueChoice.ts";
import {
  applyChoice,
  applySummary,
  applyWindow,
  applyWish,
  emptySummary,
  initialQueue,
  nextQueueSort,
  rowAt,
} from "./queueStore.ts";
import { sampleTransfer } from "./testing/samples.ts";

const rows = [1, 2, 3].map((id) => sampleTransfer({ id }));

describe("the window of a queue tab", () => {
  test("a row that says the same keeps its identity, so that it does not draw again", () => {
    const before = applyWindow(initialQueue, "queued", { offset: 0, total: 3, rows });
    const changed = [sampleTransfer({ id: 1 }), sampleTransfer({ id: 2, state: "paused" }), sampleTransfer({ id: 3 })];
    const after = applyWindow(before, "queued", { offset: 0, total: 3, rows: changed });
    expect(after.windows.queued.rows[0]).toBe(before.windows.queued.rows[0]);
    expect(after.windows.queued.rows[1]).toEqual(changed[1]);
    expect(after.windows.queued.rows[2]).toBe(before.windows.queued.rows[2]);
  });

  test("running transfers stand on top, the others stay in queue order", () => {
    const mixed = [
      sampleTransfer({ id: 1, state: "waiting" }),
      sampleTransfer({ id: 2, state: "running" }),
      sampleTransfer({ id: 3 }),
      sampleTransfer({ id: 4, state: "running" }),
    ];
    const { windows } = applyWindow(initialQueue, "queued", { offset: 0, total: 4, rows: mixed });
    expect(windows.queued.rows.map((row) => row.id)).toEqual([2, 4, 1, 3]);
  });

  test("a position outside the loaded rows has no row yet", () => {
    const { windows } = applyWindow(initialQueue, "queued", { offset: 500_000, total: 1_000_000, rows });
    expect(rowAt(windows.queued, 499_999)).toBeUndefined();
    expect(rowAt(windows.queued, 500_000)?.id).toBe(1);
    expect(rowAt(windows.queued, 500_003)).toBeUndefined();
  });

  test("in another order running transfers stand where it puts them", () => {
    const sorted = applyWish(initialQueue, "queued", { sort: { by: "name", isDescending: false } });
    const mixed = [sampleTransfer({ id: 1 }), sampleTransfer({ id: 2, state: "running" })];
    const { windows } = applyWindow(sorted, "queued", { offset: 0, total: 2, rows: mixed });
    expect(windows.queued.rows.map((row) => row.id)).toEqual([1, 2]);
  });

  test("the old rows stay while a search has found nothing yet", () => {
    const before = applyWindow(initialQueue, "queued", { offset: 0, total: 3, rows });
    const finding = applyWindow(before, "queued", { offset: 0, total: 0, rows: [], isFinding: true });
    expect(finding.windows.queued).toMatchObject({ total: 3, rows: before.windows.queued.rows, isFinding: true });
    const found = applyWindow(finding, "queued", { offset: 0, total: 1, rows: rows.slice(0, 1) });
    expect(found.windows.queued.isFinding).toBe(undefined);
  });

  test("a search lets go of what was chosen, and of nothing else", () => {
    const chosen = applyChoice(initialQueue, "failed", chooseOne(0, 1));
    const searched = applyWish(chosen, "failed", { search: "boat" });
    expect(searched.choices.failed.ids.size).toBe(0);
    expect(searched.wishes).toEqual({ ...initialQueue.wishes, failed: { search: "boat", sort: null } });
  });

  test("pressing a column sorts up, then down, then not at all", () => {
    const up = nextQueueSort({ by: "size", isDescending: true }, "name");
    const down = nextQueueSort(up, "name");
    expect([up, down, nextQueueSort(down, "name")]).toEqual([
      { by: "name", isDescending: false },
      { by: "name", isDescending: true },
      null,
    ]);
  });

  test("the tabs do not disturb each other", () => {
    const state = applyWindow(initialQueue, "failed", { offset: 0, total: 3, rows });
    expect(state.windows.queued).toBe(initialQueue.windows.queued);
    expect(state.choices).toBe(initialQueue.choices);
  });

  test("the focus follows its transfer when rows above it leave", () => {
    const chosen = applyChoice(
      applyWindow(initialQueue, "queued", { offset: 0, total: 3, rows }),
      "queued",
      chooseOne(2, 3),
    );
    const after = applyWindow(chosen, "queued", { offset: 0, total: 2, rows: rows.slice(1) });
    expect(after.choices.queued).toMatchObject({ focusIndex: 1, focusId: 3 });
    expect([...after.choices.queued.ids]).toEqual([3]);
  });
});

test("a summary that says nothing new changes nothing", () => {
  expect(applySummary(initialQueue, { ...emptySummary })).toBe(initialQueue);
  expect(applySummary(initialQueue, { ...emptySummary, queued: 4 }).summary.queued).toBe(4);
});

describe("how much the overall progress is a share of", () => {
  const plannedAfter = (...summaries: Partial<typeof emptySummary>[]) =>
    summaries.reduce<typeof initialQueue>(
      (state, part) => applySummary(state, { ...emptySummary, queued: 1, ...part }),
      initialQueue,
    ).plannedBytes;

  test("what was there when the queue began", () => {
    expect(plannedAfter({ bytesRemaining: 100 }, { bytesRemaining: 40 })).toBe(100);
  });

  test("a drop in the middle adds its bytes, so that the bar does not jump back to the start", () => {
    expect(plannedAfter({ bytesRemaining: 100 }, { bytesRemaining: 50 }, { bytesRemaining: 150 })).toBe(200);
  });

  test("an emptied queue begins afresh", () => {
    expect(plannedAfter({ bytesRemaining: 100 }, { queued: 0 }, { bytesRemaining: 30 })).toBe(30);
  });
});
