import { AppError } from "../../../../shared/errors/appError.ts";
import { localPathIn, openPartialFile } from "../../local/partialFile.ts";
import { type CopyProof, startProof } from "../evidence/copyProof.ts";
import { isSameTail, overlapBytes, overlapDiffers, overlapSink } from "../evidence/overlap.ts";
import { readTail, withOwnFile } from "../evidence/ownDigest.ts";
import type { Proof } from "../store/receiptStore.ts";
import type { BegunFacts } from "../store/rowLife.ts";
import { sourcePathOf } from "../transferRow.ts";
import type { DownloadStep } from "./downloadFile.ts";
import { downloadSegmented, type SegmentedStart } from "./segmentedDownload.ts";

export type BegunPart = BegunFacts & {
  readonly partName: string;
  /** What it holds is continued. */
  readonly keep: boolean;
  readonly isOurs: boolean;
  /** It may come over several sessions; null: over one. */
  readonly segmented: SegmentedStart | null;
};

export type FetchedPart = {
  /** Bytes that the unfinished file holds. */
  readonly written: number;
  /** The source's time where it was asked along with the bytes. */
  readonly modifiedMs: number | null;
  readonly proof: Proof;
};

/**
 * Bytes into the unfinished file, and the proof that they are right. What proves to be wrong is thrown away, so that the next try begins
 * at the beginning. Rejects with `incomplete`, `verification-failed` and with what a download rejects with.
 */
export async function fetchPart(step: DownloadStep, begun: BegunPart, signal: AbortSignal): Promise<FetchedPart> {
  const { row, session, parts, source, target } = step;
  const proof = startProof(session, source.size, parts);
  try {
    const fetched = await fetchBytes(step, begun, proof, signal);
    if (!parts.isText && source.size !== null && fetched.written !== source.size) {
      const message = `${fetched.written} bytes have arrived of ${source.size}`;
      throw new AppError("incomplete", message, { path: begun.targetName });
    }
    const isSeen = source.size !== null;
    const prove = (own: Parameters<CopyProof["finish"]>[0]["own"]) =>
      proof.finish({ path: sourcePathOf(row), own, isSeen }, signal);
    return { ...fetched, proof: await withOwnFile(localPathIn(target.folder, begun.partName), prove) };
  } catch (error) {
    if (error instanceof AppError && error.kind === "verification-failed") await empty(step, begun);
    throw error;
  } finally {
    proof.close();
  }
}

/** The file has its final name already: Portside was killed before that was written down. */
export async function proveLanded(
  { row, session, parts, source, target }: DownloadStep,
  signal: AbortSignal,
): Promise<Proof> {
  const proof = startProof(session, source.size, parts);
  try {
    return await withOwnFile(localPathIn(target.folder, row.targetName), (own) =>
      proof.finish({ path: sourcePathOf(row), own, isSeen: true }, signal),
    );
  } finally {
    proof.close();
  }
}

type Fetched = Omit<FetchedPart, "proof">;

/**
 * A server that will not begin in the middle, or only pretends to, has spoilt what was there: it is fetched from the start, now or at
 * the next try. So is what proves to be the beginning of another file.
 */
async function fetchBytes(
  step: DownloadStep,
  begun: BegunPart,
  proof: CopyProof,
  signal: AbortSignal,
): Promise<Fetched> {
  const { row, session, parts } = step;
  try {
    return await fetchOnce(step, begun, proof, signal);
  } catch (error) {
    const isRefused = error instanceof AppError && error.kind === "resume-refused";
    if (!isRefused || !(begun.keep || begun.segmented)) throw error;
    const differs = error.message === overlapDiffers;
    proof.noteRestart(differs ? "overlap-differs" : "refused");
    parts.say(`${parts.displayPath(sourcePathOf(row))}: ${error.message}. It is fetched from the beginning.`);
    await empty(step, begun);
    if (!session.isUsable) throw error;
    return fetchOnce(step, { ...begun, keep: false, isOurs: true, segmented: null }, proof, signal);
  }
}

async function empty({ parts, target }: DownloadStep, { partName }: BegunPart): Promise<void> {
  await (await openPartialFile(target, partName, { keep: false, isOurs: true, size: 0 })).close();
  parts.onBytesDone(0);
}

/** Pieces come in no order: what of them lies there is proved first, and their hash is that of the whole file in the end. */
async function fetchSegmented(
  step: DownloadStep,
  begun: BegunPart & { readonly segmented: SegmentedStart },
  proof: CopyProof,
  signal: AbortSignal,
): Promise<Fetched> {
  const { row, session, parts, target } = step;
  const { segmented: start, partName, keep, isOurs } = begun;
  const path = sourcePathOf(row);
  for (const { from, at, to } of keep ? start.segments : []) {
    if (at === from || at === to) continue;
    const held = await readHeld(localPathIn(target.folder, partName), at, Math.min(at - from, overlapBytes));
    const isSame = await isSameTail(session, { path, end: at, size: start.size, held }, signal);
    if (!isSame) throw new AppError("resume-refused", overlapDiffers, { path });
  }
  proof.begin(0);
  const download = { start, session, path, target, partName, keep, isOurs, onPiece: proof.addAt };
  return { written: await downloadSegmented(download, parts, signal), modifiedMs: null };
}

/** What lies there is proved to be the file's beginning by its last bytes, which are fetched once more and compared. */
async function fetchOnce(
  step: DownloadStep,
  begun: BegunPart,
  proof: CopyProof,
  signal: AbortSignal,
): Promise<Fetched> {
  const { segmented } = begun;
  if (segmented !== null) return fetchSegmented(step, { ...begun, segmented }, proof, signal);
  const { row, session, parts, source, target } = step;
  const options = { ...begun, size: source.size, onWrite: proof.add };
  const partial = await openPartialFile(target, begun.partName, options);
  try {
    const { offset } = partial;
    const { isText } = parts;
    parts.onBytesDone(offset);
    proof.begin(offset);
    const isComplete = offset > 0 && offset === source.size; // killed between the last byte and the final name
    if (isComplete) return { written: await partial.close(), modifiedMs: null };

    const held =
      offset === 0 ? noBytes : await readHeld(localPathIn(target.folder, begun.partName), offset, overlapBytes);
    const tell = (passed: number) => parts.onBytesDone(offset + Math.max(passed - held.length, 0));
    let passed = 0;
    const onBytes = (count: number) => {
      passed += count;
      tell(passed);
    };
    let modifiedMs: number | null = null;
    const onModified = (askedMs: number | null) => {
      modifiedMs = askedMs;
    };
    const path = sourcePathOf(row);
    const sink = overlapSink(held, partial.sink, path);
    const request = { path, offset: offset - held.length, size: source.size, sink, onBytes, isText };
    await session.download(source.isTimeDue ? { ...request, onModified } : request, signal);
    return { written: await partial.close(), modifiedMs };
  } catch (error) {
    await partial.close().catch(() => undefined); // the first error tells more than the second
    throw error;
  }
}

const noBytes = new Uint8Array(0);

function readHeld(path: string, end: number, length: number): Promise<Uint8Array> {
  return withOwnFile(path, (own) => readTail(own, end, length));
}
