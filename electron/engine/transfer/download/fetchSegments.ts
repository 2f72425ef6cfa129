import { createHash } from "node:crypto";
import { AppError, toAppError } from "../../../../shared/errors/appError.ts";
import type { SegmentedFile } from "../../local/segmentedFile.ts";
import type { Clock } from "../../ports.ts";
import type { Lease } from "../../sessions/lease.ts";
import type { ByteSink, RemoteSession } from "../../sessions/remoteSession.ts";
import { onAbort } from "../../util/cancel.ts";
import { createOneAtATime } from "../../util/oneAtATime.ts";
import { keepSegmentPace, type SegmentPace } from "./segmentPace.ts";
import type { Segment, SegmentPlan, TakenSegment } from "./segmentPlan.ts";
import { addSpareSessions, type SpareWork } from "./spareSessions.ts";

/** As `LeaseSpare`, of the transfer's own site. */
export type LeaseSpareSession = (onWanted: () => void, signal: AbortSignal) => Promise<Lease | null>;

export type SegmentedFetch = {
  /** The session the transfer holds. It works like the others, and is never kept waiting for one of them while there is work. */
  readonly session: RemoteSession;
  readonly path: string;
  readonly plan: SegmentPlan;
  readonly file: SegmentedFile;
  /** The file has a map already. */
  readonly hasMap: boolean;
  readonly leaseSpare: LeaseSpareSession;
  readonly clock: Clock;
  /** Told of the bytes at each position as they are written. They stay as they are until it resolves; it never rejects. */
  readonly onPiece?: (position: number, bytes: Uint8Array) => Promise<void> | null;
  readonly onBytesDone: (bytesDone: number) => void;
};

/** Bytes behind a segment that are compared with what its neighbour fetched, and bytes at its beginning that must not be those of the file's. */
export const seamBytes = 4096;

const saveMs = 2_000;

/**
 * Fetches a file over several sessions where that is faster: each takes a segment, and whoever is done takes a part of what has the longest
 * way to go, where that ends the whole sooner. It begins with the one session that the transfer holds; spare ones come when there is enough left to do, stay when the whole
 * becomes faster by a third, and go when somebody else wants them. Resolves when every byte lies in the file and every seam fits.
 *
 * Rejects with `resume-refused` when the server begins elsewhere than it was asked to: what has come is then worth nothing.
 */
export async function fetchSegments(fetch: SegmentedFetch, signal: AbortSignal): Promise<void> {
  const { plan, session } = fetch;
  const map = keepMap(fetch);
  const pace = keepSegmentPace(fetch.clock);
  const ending = new AbortController();
  const forgetAbort = onAbort(signal, () => ending.abort());
  const spares = new Set<Promise<void>>();
  const work: SpareWork = (session, onFirst, stop) => {
    const working = drain(fetch, { session, map, pace, isSpare: true, onFirst }, stop).finally(() =>
      spares.delete(working),
    );
    spares.add(working);
    return working;
  };
  const growing = addSpareSessions({ ...fetch, work }, ending.signal).catch(() => {}); // the transfer does without
  try {
    do {
      await drain(fetch, { session, map, pace, isSpare: false }, signal);
      await Promise.allSettled(spares);
    } while (!plan.isDone() && session.isUsable);
    if (!plan.isDone()) throw new AppError("connection-lost", "The server closed the connection between two segments");
  } finally {
    forgetAbort();
    ending.abort();
    await growing;
    await Promise.allSettled(spares);
    await map.close();
  }
  await checkSeams(fetch);
}

type Work = {
  readonly session: RemoteSession;
  readonly map: SegmentMap;
  readonly pace: SegmentPace;
  /** Its first bytes are there. */
  readonly onFirst?: () => void;
  /** What it fetches may be fetched again by somebody else: nothing is lost by being careful. */
  readonly isSpare: boolean;
};

/** Works on segments until there is nothing left that is worth it. */
async function drain(fetch: SegmentedFetch, work: Work, signal: AbortSignal): Promise<void> {
  const { session, map, pace } = work;
  while (session.isUsable) {
    const segment = fetch.plan.take(pace.setupBytes());
    if (segment === null) return;
    try {
      await map.save(); // before a byte comes to lie behind a gap
      const { sink, readSeam } = sinkOf(fetch, segment, work);
      const request = {
        path: fetch.path,
        offset: segment.at,
        size: fetch.plan.size,
        endOffset: () => seamEnd(fetch, segment),
      };
      await session.download({ ...request, sink, onBytes: () => {} }, signal);
      const seam = readSeam();
      if (seam !== null) segment.setSeam(seam);
    } catch (error) {
      if (toAppError(error).kind === "resume-refused") segment.undo();
      throw error;
    } finally {
      segment.giveBack();
    }
  }
}

function seamEnd({ plan }: SegmentedFetch, { to }: Segment): number {
  return Math.min(to + seamBytes, plan.size);
}

type SegmentSink = {
  readonly sink: ByteSink;
  /** The hash of the seam; null when not all of it has come. */
  readonly readSeam: () => string | null;
};

/** Puts bytes where they belong: those of the segment into the file, those behind it into the hash of the seam. */
function sinkOf(fetch: SegmentedFetch, segment: TakenSegment, { isSpare, pace, onFirst }: Work): SegmentSink {
  const { file, plan, path, onPiece, onBytesDone } = fetch;
  const hash = createHash("sha256");
  const looksLikeHead = isSpare ? compareWithHead(file) : async () => false;
  const tellPace = pace.begin();
  let position = segment.at;

  async function put(bytes: Uint8Array): Promise<number> {
    const part = bytes.subarray(0, segment.to - segment.at);
    if (part.length === 0) {
      segment.close();
      hash.update(bytes);
      return bytes.length;
    }
    const seen = onPiece?.(segment.at, part);
    try {
      await file.write(part, segment.at);
    } finally {
      await seen;
    }
    segment.advance(part.length);
    onBytesDone(plan.bytesDone());
    return part.length;
  }

  return {
    sink: {
      write: async (bytes) => {
        if (await looksLikeHead(bytes)) {
          throw new AppError("resume-refused", "The server seems to begin at the start of the file instead", { path });
        }
        for (let done = 0; done < bytes.length; ) done += await put(bytes.subarray(done));
        position += bytes.length;
        tellPace(bytes.length);
        onFirst?.();
      },
    },
    readSeam: () => (segment.at === segment.to && position === seamEnd(fetch, segment) ? hash.digest("hex") : null),
  };
}

/**
 * A server that says yes to REST and begins at the start all the same would spoil everything silently. Its first bytes give it away. A
 * file that repeats its own beginning looks the same, and comes over one session.
 */
function compareWithHead(file: SegmentedFile): (bytes: Uint8Array) => Promise<boolean> {
  let same = 0;
  let isOver = false;
  return async (bytes) => {
    if (isOver) return false;
    const count = Math.min(bytes.length, seamBytes - same);
    const head = await file.read(same, count);
    isOver = head.length < count || !head.equals(bytes.subarray(0, count));
    same += count;
    return !isOver && same === seamBytes;
  };
}

async function checkSeams({ plan, file, path }: SegmentedFetch): Promise<void> {
  for (const { to, seam } of plan.segments()) {
    if (to === plan.size) continue;
    const found = await file.hash(to, Math.min(seamBytes, plan.size - to));
    if (found === seam) continue;
    throw new AppError("resume-refused", `The pieces of the file do not fit together at byte ${to}`, { path });
  }
}

type SegmentMap = {
  /** Writes the map down, if there is more than one segment or has been. */
  readonly save: () => Promise<void>;
  /** Writes it for the last time. */
  readonly close: () => Promise<void>;
};

/** Keeps the map in the file true enough: what it tells of has come, although more may have. */
function keepMap({ plan, file, clock, ...fetch }: SegmentedFetch): SegmentMap {
  const oneAtATime = createOneAtATime();
  const patient = new AbortController().signal;
  let { hasMap } = fetch;
  let stopTimer = () => {};
  const save = () =>
    oneAtATime(async () => {
      const segments = plan.segments();
      hasMap ||= segments.length > 1;
      if (hasMap) await file.saveMap(segments);
    }, patient);
  const saveSoon = () => {
    stopTimer = clock.setTimer(saveMs, () => void save().then(saveSoon, saveSoon));
  };
  saveSoon();
  return {
    save,
    close: async () => {
      stopTimer();
      await save().catch(() => {}); // a map from before tells of less than there is, which is true too
      stopTimer(); // a save that ran meanwhile has set it again
    },
  };
}
