import { expect, test } from "vitest";
import type { Batch } from "../../shared/models/batch.ts";
import { applyBatches, applyExpanded, initialBatches } from "./batchesStore.ts";

const batch = (id: number, done: number): Batch => ({
  id,
  direction: "upload",
  siteId: "s1",
  siteName: "Harbour",
  title: "film.mp4",
  sources: 1,
  target: "/www",
  createdMs: 5,
  finishedMs: null,
  files: 3,
  folders: 0,
  bytes: 30,
  bytesSettled: 10 * done,
  isPlan: false,
  left: 3 - done,
  done,
  proved: [],
  cancelled: 0,
  skipped: [],
  failed: [],
});

test("a drop that says the same as before keeps its identity", () => {
  const first = applyBatches(initialBatches, { total: 2, offset: 0, batches: [batch(1, 0), batch(2, 0)] });
  const second = applyBatches(first, { total: 2, offset: 0, batches: [batch(1, 0), batch(2, 1)] });
  expect(second.batches[0]).toBe(first.batches[0]);
  expect(second.batches[1]).not.toBe(first.batches[1]);
});

test("details stay open while news arrive, and close again", () => {
  const open = applyExpanded(initialBatches, 1, true);
  const later = applyBatches(open, { total: 1, offset: 0, batches: [batch(1, 0)] });
  expect([...later.expanded]).toEqual([1]);
  expect([...applyExpanded(later, 1, false).expanded]).toEqual([]);
});
