import type { Direction, ProgressBatch, TransferProgress } from "../../../../shared/models/transfer.ts";
import type { Clock } from "../../ports.ts";
import { type Speedometer, startSpeedometer } from "./speedometer.ts";

export type ProgressHub = {
  readonly begin: (id: number, direction: Direction, size: number | null, bytesDone: number) => void;
  /** It has a session now, by its name in the log. */
  readonly setSession: (id: number, session: string) => void;
  /** The size has become known, or is another than the listing said. */
  readonly setSize: (id: number, size: number | null) => void;
  /** Bytes at the target by now. The first call of a try says where it begins. */
  readonly setBytesDone: (id: number, bytesDone: number) => void;
  readonly end: (id: number) => void;
  /** A snapshot at once, then a batch every 100 ms while something runs, and one more at the end. Returns its end. */
  readonly watch: (emit: (batch: ProgressBatch) => void) => () => void;
  readonly close: () => void;
};

type Running = {
  readonly direction: Direction;
  session: string | null;
  size: number | null;
  bytesDone: number;
  /** False until the try has said where it begins: what an earlier one brought is shown, but is no speed. */
  hasBegun: boolean;
  readonly speed: Speedometer;
};

const tickMs = 100;

/** `bytesWaiting`: what the transfers that do not run just now have left. */
export function createProgressHub(clock: Clock, bytesWaiting: () => number): ProgressHub {
  const running = new Map<number, Running>();
  const watchers = new Set<(batch: ProgressBatch) => void>();
  let totals = { upload: startSpeedometer(clock.now()), download: startSpeedometer(clock.now()) };
  let stopTimer: (() => void) | null = null;

  function tick(): void {
    stopTimer = null;
    const batch = measure();
    for (const emit of watchers) emit(batch);
    if (running.size > 0) keepTicking();
  }

  function keepTicking(): void {
    if (stopTimer === null && watchers.size > 0) stopTimer = clock.setTimer(tickMs, tick);
  }

  function measure(): ProgressBatch {
    const now = clock.now();
    const transfers = [...running].map(([id, transfer]) => measureOne(id, transfer, now));
    const isIdle = transfers.length === 0;
    const upload = isIdle ? 0 : totals.upload.read(now);
    const download = isIdle ? 0 : totals.download.read(now);
    const left = transfers.reduce((sum, { size, bytesDone }) => sum + Math.max((size ?? 0) - bytesDone, 0), 0);
    const bytesRemaining = bytesWaiting() + left;
    const total = {
      bytesPerSecond: upload + download,
      uploadBytesPerSecond: upload,
      downloadBytesPerSecond: download,
      bytesRemaining,
      etaMs: etaOf(bytesRemaining, upload + download),
    };
    return { atMs: now, transfers, total };
  }

  return {
    begin: (id, direction, size, bytesDone) => {
      const now = clock.now();
      if (running.size === 0) totals = { upload: startSpeedometer(now), download: startSpeedometer(now) };
      running.set(id, { direction, session: null, size, bytesDone, hasBegun: false, speed: startSpeedometer(now) });
      keepTicking();
    },
    setSession: (id, session) => {
      const transfer = running.get(id);
      if (transfer !== undefined) transfer.session = session;
    },
    setSize: (id, size) => {
      const transfer = running.get(id);
      if (transfer !== undefined) transfer.size = size;
    },
    setBytesDone: (id, bytesDone) => {
      const transfer = running.get(id);
      if (transfer === undefined) return;
      const moved = transfer.hasBegun ? Math.max(bytesDone - transfer.bytesDone, 0) : 0;
      transfer.hasBegun = true;
      transfer.bytesDone = bytesDone;
      transfer.speed.add(moved);
      totals[transfer.direction].add(moved);
    },
    end: (id) => {
      running.delete(id);
      keepTicking(); // the last batch says that nothing runs
    },
    watch: (emit) => {
      watchers.add(emit);
      emit(measure());
      if (running.size > 0) keepTicking();
      return () => {
        watchers.delete(emit);
        if (watchers.size > 0) return;
        stopTimer?.();
        stopTimer = null;
      };
    },
    close: () => {
      stopTimer?.();
      stopTimer = null;
      watchers.clear();
      running.clear();
    },
  };
}

function measureOne(id: number, { session, size, bytesDone, speed }: Running, now: number): TransferProgress {
  const bytesPerSecond = speed.read(now);
  const etaMs = size === null ? null : etaOf(size - bytesDone, bytesPerSecond);
  return { id, session, bytesDone, size, bytesPerSecond, etaMs };
}

function etaOf(bytes: number, bytesPerSecond: number): number | null {
  if (bytes <= 0) return 0;
  return bytesPerSecond < 1 ? null : Math.round((bytes / bytesPerSecond) * 1000);
}
