import type { LocalTarget } from "../../local/partialFile.ts";
import { openSegmentedFile, readSegmentMap, type SavedSegment } from "../../local/segmentedFile.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { TryParts } from "../transferOutcome.ts";
import { fetchSegments, seamBytes } from "./fetchSegments.ts";
import { planSegments } from "./segmentPlan.ts";

/** How a file is begun that may come over several sessions; null where it comes over one, from its first byte to its last. */
export type SegmentedStart = {
  readonly size: number;
  readonly segments: readonly SavedSegment[];
  /** The unfinished file has a map already. */
  readonly hasMap: boolean;
};

export type SegmentedQuestion = {
  readonly target: LocalTarget;
  readonly partName: string;
  readonly size: number | null;
  /** Bytes that an earlier try over one session has left, from the first on, and that are still good. */
  readonly held: number;
  /** An earlier try has left something, of the same source. */
  readonly mayContinue: boolean;
  readonly maySegment: boolean;
};

const leastSegmentBytes = 4 * 1024 * 1024; // each costs some round trips
const worthSegmentingBytes = 64 * 1024 * 1024; // below, one session is done before a second one has proved its worth

/** Whether a file may come over several sessions: it is large, or an earlier try has left it in pieces. */
export async function startSegmented({
  target,
  partName,
  ...question
}: SegmentedQuestion): Promise<SegmentedStart | null> {
  const { size, held, mayContinue, maySegment } = question;
  if (size === null || size === 0) return null;
  const map = mayContinue ? await readSegmentMap(target.folder, partName, size) : null;
  if (map !== null) return { size, segments: map, hasMap: true };
  if (!maySegment || size - held < worthSegmentingBytes) return null;
  return { size, segments: [{ from: 0, at: held, to: size, seam: null }], hasMap: false };
}

export type SegmentedDownload = {
  readonly start: SegmentedStart;
  readonly session: RemoteSession;
  readonly path: string;
  readonly target: LocalTarget;
  readonly partName: string;
  readonly keep: boolean;
  readonly isOurs: boolean;
  /** Told of the bytes at each position as they are written. They stay as they are until it resolves. */
  readonly onPiece: (position: number, bytes: Uint8Array) => Promise<void> | null;
};

/** Fetches the bytes of a file over one session, or several. Resolves to how many lie in the unfinished file: all of them. */
export async function downloadSegmented(
  { start: { size, segments, hasMap }, session, path, target, partName, keep, isOurs, onPiece }: SegmentedDownload,
  { leaseSpare, clock, onBytesDone }: Pick<TryParts, "leaseSpare" | "clock" | "onBytesDone">,
  signal: AbortSignal,
): Promise<number> {
  const plan = planSegments(size, segments, { leastBytes: leastSegmentBytes, seamBytes });
  const file = await openSegmentedFile(target, partName, { keep, isOurs, size });
  onBytesDone(plan.bytesDone());
  try {
    const spares = leaseSpare ?? (async () => null);
    await fetchSegments({ session, path, plan, file, hasMap, leaseSpare: spares, clock, onPiece, onBytesDone }, signal);
    await file.finish();
  } finally {
    await file.close();
  }
  return size;
}
