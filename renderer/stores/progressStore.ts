import { create } from "zustand";
import type { ProgressBatch, TransferProgress } from "../../shared/models/transfer.ts";

/** Speeds of one second, for the graph. */
export type SpeedSample = { readonly atMs: number; readonly upload: number; readonly download: number };

export type ProgressState = {
  /** Live figures of what runs, by transfer. An unchanged figure keeps its identity: a row draws only its own news. */
  readonly byId: ReadonlyMap<number, TransferProgress>;
  readonly total: ProgressBatch["total"];
  /** Oldest first, about one a second, `graphSpanMs` back. */
  readonly samples: readonly SpeedSample[];
};

export const graphSpanMs = 5 * 60_000; // long enough to see a rhythm, short enough to see now
const sampleEveryMs = 1_000;

export const initialProgress: ProgressState = {
  byId: new Map(),
  total: { bytesPerSecond: 0, uploadBytesPerSecond: 0, downloadBytesPerSecond: 0, bytesRemaining: 0, etaMs: null },
  samples: [],
};

export const useProgressStore = create<ProgressState>(() => initialProgress);

export function applyProgress(state: ProgressState, batch: ProgressBatch): ProgressState {
  return {
    byId: new Map(batch.transfers.map((next) => [next.id, keepIdentity(state.byId.get(next.id), next)])),
    total: batch.total,
    samples: addSample(state.samples, batch),
  };
}

function keepIdentity(before: TransferProgress | undefined, next: TransferProgress): TransferProgress {
  const isSame =
    before !== undefined &&
    before.session === next.session &&
    before.bytesDone === next.bytesDone &&
    before.size === next.size &&
    before.bytesPerSecond === next.bytesPerSecond &&
    before.etaMs === next.etaMs;
  return isSame ? before : next;
}

function addSample(samples: readonly SpeedSample[], { atMs, transfers, total }: ProgressBatch): readonly SpeedSample[] {
  const last = samples.at(-1);
  const isEnd = transfers.length === 0;
  if (last !== undefined && atMs - last.atMs < sampleEveryMs && !isEnd) return samples;
  const sample = { atMs, upload: total.uploadBytesPerSecond, download: total.downloadBytesPerSecond };
  const kept = samples.filter((old) => atMs - old.atMs <= graphSpanMs);
  return [...kept, ...silenceBetween(last, atMs), sample];
}

/** The stream is silent while nothing runs: the graph goes down to zero there instead of bridging the gap. */
function silenceBetween(last: SpeedSample | undefined, atMs: number): readonly SpeedSample[] {
  if (last === undefined || atMs - last.atMs < 3 * sampleEveryMs) return [];
  return [
    { atMs: last.atMs + 1, upload: 0, download: 0 },
    { atMs: atMs - 1, upload: 0, download: 0 },
  ];
}
