import { AppError } from "../../../../shared/errors/appError.ts";
import { choosePartName, newFileMode, openPartialFile } from "../../local/partialFile.ts";
import { wholeFileBytes } from "../../local/wholeFiles.ts";
import type { ByteSink, RemoteSession } from "../../sessions/remoteSession.ts";
import { startProof } from "../evidence/copyProof.ts";
import type { OwnSide } from "../evidence/ownDigest.ts";
import type { Outcome, TryParts } from "../transferOutcome.ts";
import { sourcePathOf, type TransferRow } from "../transferRow.ts";
import { giveFinalName, withProof } from "./downloadFile.ts";

/**
 * One try of a small download that nothing stands in the way of. Its bytes wait in memory until all of them are there, and become the
 * file in one go. null when it is not small, not new, or its name not free: `downloadFile` knows what to do.
 */
export async function downloadWhole(
  row: TransferRow,
  session: RemoteSession,
  parts: TryParts,
  signal: AbortSignal,
): Promise<Outcome | null> {
  const { size } = row;
  if (parts.isText || size === null || size > wholeFileBytes || row.begun !== "no" || !parts.disk.isUp()) return null;
  const partName = await choosePart(row, parts);
  if (partName === null) return null;
  const proof = startProof(session, size, parts);
  const held = await fetchInto(new Uint8Array(size), row, session, parts, signal);
  proof.begin(0);
  await proof.add(held.bytes);
  const proved = await proof.finish({ path: sourcePathOf(row), own: inMemory(held.bytes), isSeen: true }, signal);
  return withProof(await land(row, { ...held, size, partName }, session, parts), proved);
}

function inMemory(bytes: Uint8Array): OwnSide {
  return {
    size: bytes.length,
    read: async (into, position) => {
      const piece = bytes.subarray(position, position + into.length);
      into.set(piece);
      return piece.length;
    },
  };
}

type Held = {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly modifiedMs: number | null;
  readonly partName: string;
};

async function choosePart(row: TransferRow, { disk, foreseen }: TryParts): Promise<string | null> {
  if (foreseen !== null) return foreseen.partName;
  const target = { root: row.root, folder: row.targetFolder, name: row.targetName };
  const { isFree, partName } = await disk.findFreePlace(target);
  return isFree ? partName : null;
}

async function fetchInto(
  bytes: Uint8Array,
  row: TransferRow,
  session: RemoteSession,
  parts: TryParts,
  signal: AbortSignal,
) {
  let count = 0;
  const sink: ByteSink = {
    write: async (piece) => {
      bytes.set(piece, count);
      count += piece.length;
    },
  };
  let { modifiedMs } = row;
  const isTimeDue = row.precision !== "second" && parts.settings.preserveTimes;
  const onModified = (askedMs: number | null) => {
    modifiedMs = askedMs ?? modifiedMs;
  };
  parts.onBytesDone(0); // what waits in memory is not at the target
  const isFollowed = parts.isFollowed();
  const request = { path: sourcePathOf(row), offset: 0, size: bytes.length, sink, onBytes: () => {}, isFollowed };
  await session.download(isTimeDue ? { ...request, onModified } : request, signal);
  if (count !== bytes.length) {
    throw new AppError("incomplete", `${count} bytes have arrived of ${bytes.length}`, { path: row.targetName });
  }
  return { bytes, modifiedMs };
}

async function land(row: TransferRow, held: Held, session: RemoteSession, parts: TryParts): Promise<Outcome> {
  const { bytes, size, modifiedMs, partName } = held;
  const { root, targetFolder: folder, targetName: name } = row;
  await parts.begin(factsOf(row, held));
  const time = parts.settings.preserveTimes ? modifiedMs : null;
  const hasLanded = await parts.disk.put({ root, folder, name, partName, bytes, modifiedMs: time, mode: newFileMode });
  if (!hasLanded) return landBeside(row, held, session, parts);
  parts.onBytesDone(size);
  return { type: "done", bytesDone: size };
}

/** Something has appeared at one of the names while the bytes came: they are kept, and the rule decides. */
async function landBeside(row: TransferRow, held: Held, session: RemoteSession, parts: TryParts): Promise<Outcome> {
  const { bytes, size, modifiedMs } = held;
  const target = { root: row.root, folder: row.targetFolder, places: parts.places };
  const facts = factsOf(row, { ...held, partName: await choosePartName(row.targetFolder, row.targetName) });
  await parts.begin(facts);
  const partial = await openPartialFile(target, facts.partName, { keep: false, isOurs: false, size });
  try {
    await partial.sink.write(bytes);
  } finally {
    await partial.close();
  }
  parts.onBytesDone(size);
  const source = { isFolder: false, size, modifiedMs, precision: "second" } as const;
  return giveFinalName({ row, session, parts, source, target }, facts, { name: row.targetName, replaced: null }, size);
}

function factsOf(row: TransferRow, { size, modifiedMs, partName }: Held) {
  const { targetName } = row;
  return { begun: "fresh", targetName, size, modifiedMs, oldSize: null, oldModifiedMs: null, partName } as const;
}
