import { AppError } from "../../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../../shared/errors/errorKind.ts";
import { joinRemote } from "../../../../shared/models/remotePath.ts";
import type { ByteSource } from "../../sessions/remoteSession.ts";
import { type CopyProof, startProof } from "../evidence/copyProof.ts";
import { isSameTail, overlapBytes, overlapDiffers } from "../evidence/overlap.ts";
import { readTail } from "../evidence/ownDigest.ts";
import type { Proof } from "../store/receiptStore.ts";
import type { Outcome } from "../transferOutcome.ts";
import { sourcePathOf, temporaryPathOf } from "../transferRow.ts";
import { giveRemoteName } from "./giveRemoteName.ts";
import { NoTemporaryName } from "./noTemporaryName.ts";
import type { Placed, UploadStep } from "./uploadFile.ts";

/**
 * The bytes of an upload, from where they prove to go on, up to the file's own name. A server that takes no temporary name, or does not
 * give it up again, gets the file directly.
 */
export async function sendFile(step: UploadStep, placed: Placed): Promise<Outcome> {
  const { partName } = placed.facts;
  if (partName === null) return deliver(step, placed);
  try {
    return await deliver(step, placed);
  } catch (error) {
    if (!(error instanceof NoTemporaryName) || !step.session.isUsable) {
      throw error instanceof NoTemporaryName ? error.reason : error;
    }
    const { row, session, parts, signal } = step;
    parts.temporaryNames.refuse(row.targetFolder);
    parts.say(
      `${parts.displayPath(temporaryPathOf(row, partName))}: ${error.reason.message}. The file is sent directly.`,
    );
    if (error.isSent) await session.removeFile(temporaryPathOf(row, partName), signal).catch(ignoreRefusal);
    const direct: Placed = { type: "go", offset: 0, facts: { ...placed.facts, partName: null } };
    await parts.begin(direct.facts);
    return deliver(step, direct);
  }
}

async function deliver(step: UploadStep, placed: Placed): Promise<Outcome> {
  const { row, source } = step;
  const { facts } = placed;
  const path =
    facts.partName === null ? joinRemote(row.targetFolder, facts.targetName) : temporaryPathOf(row, facts.partName);
  const { size, proved } = await sendAndProve(step, {
    path,
    offset: placed.offset,
    isTemporary: facts.partName !== null,
  });
  if (facts.partName !== null) {
    const named = await giveRemoteName(step, placed, path);
    if (named.type !== "named") return named;
    note(step, named.name, size);
  } else {
    note(step, facts.targetName, size);
  }
  return { type: "done", bytesDone: source.size, proof: proved };
}

function note({ row, parts, source }: UploadStep, name: string, size: number | null): void {
  const facts = {
    isFolder: false,
    size: size ?? source.size,
    modifiedMs: source.mtimeMs,
    precision: "second",
  } as const;
  parts.targets.note(row.targetFolder, name, facts);
}

async function sendAndProve(step: UploadStep, target: Omit<SendingTo, "proof">) {
  const { session, parts, source } = step;
  const proof = startProof(session, source.size, parts);
  try {
    const offset = await provenOffset(step, { ...target, proof });
    const size = await sendAndMeasure(step, { ...target, offset, proof });
    return { size, proved: await prove(step, { path: target.path, proof, isSeen: size !== null }) };
  } finally {
    proof.close();
  }
}

type Sending = {
  readonly path: string;
  readonly offset: number;
  readonly proof: CopyProof;
};

/** What lies there is gone on from when its last bytes are those of the source; otherwise, and where nobody can read them, from 0. */
async function provenOffset(step: UploadStep, { path, offset, proof }: Sending): Promise<number> {
  if (offset === 0 || offset === step.source.size) return offset; // nothing is gone on with
  const { session, parts, source, signal } = step;
  const held = await readTail(source, offset, overlapBytes);
  const canRead = session.can.resumeDownload || offset <= overlapBytes;
  const isSame = canRead ? await isSameTail(session, { path, end: offset, held }, signal).catch(unreadable) : null;
  if (isSame === true) return offset;
  const message = isSame === false ? overlapDiffers : "What lies there already cannot be read";
  if (!session.isUsable) throw new AppError("resume-refused", message, { path: parts.displayPath(path) });
  proof.noteRestart(isSame === false ? "overlap-differs" : "refused");
  parts.say(`${parts.displayPath(path)}: ${message}. It is sent from the beginning.`);
  return 0;
}

const unreadableKinds: ReadonlySet<ErrorKind> = new Set([
  ...(["not-found", "permission-denied", "resume-refused", "unsupported-command", "busy", "unexpected-reply"] as const),
]);

function unreadable(error: unknown): null {
  if (error instanceof AppError && unreadableKinds.has(error.kind)) return null;
  throw error;
}

type SendingTo = Sending & { readonly isTemporary: boolean };

/** Resolves to the size the server shows, which is that of the source; null: it shows none. */
async function sendAndMeasure(step: UploadStep, sending: SendingTo): Promise<number | null> {
  await sendAll(step, sending);
  await refuseChanged(step);
  try {
    return await measure(step, sending.path);
  } catch (error) {
    if (sending.offset === 0 || !isKind(error, "incomplete")) throw error;
    // The server takes REST and begins at 0 all the same: its file is spoilt, and would be at every other try.
    await sendBytes(step, { ...sending, offset: 0 });
    await refuseChanged(step);
    return measure(step, sending.path);
  }
}

/** A server that will not go on at the offset gets the file from the start. */
async function sendAll(step: UploadStep, sending: SendingTo): Promise<void> {
  try {
    await sendBytes(step, sending);
  } catch (error) {
    const mayBeginAnew = isKind(error, "resume-refused") && step.session.isUsable;
    if (!mayBeginAnew || sending.offset === 0) throw error;
    sending.proof.noteRestart("refused");
    await sendBytes(step, { ...sending, offset: 0 });
  }
}

async function sendBytes(step: UploadStep, { path, offset, proof, isTemporary }: SendingTo): Promise<void> {
  const { session, parts, source, signal } = step;
  let bytesDone = offset;
  parts.onBytesDone(bytesDone);
  proof.begin(offset);
  if (offset > 0 && offset === source.size) return; // killed between the last byte and the final answer
  const onBytes = (count: number) => {
    bytesDone += count;
    parts.onBytesDone(bytesDone);
  };
  const bytes = readFrom(step, offset, proof);
  const { isText } = parts;
  const isFollowed = parts.isFollowed();
  const length = source.size - offset;
  try {
    await session.upload({ path, offset, length, source: bytes, onBytes, isText, isFollowed }, signal);
  } catch (error) {
    const isRefused = isTemporary && bytesDone === 0 && error instanceof AppError && isNameRefused(error);
    throw isRefused ? new NoTemporaryName(error, false) : error;
  } finally {
    await bytes.settled(); // the session's buffers are the next transfer's
  }
}

/** The server may say of the name what it would not say of another: the final name tells. */
function isNameRefused({ kind, reply }: AppError): boolean {
  const refusals: readonly ErrorKind[] = ["permission-denied", "name-not-allowed", "not-found", "invalid-input"];
  return reply !== undefined && reply.code >= 500 && refusals.includes(kind);
}

type SeenSource = ByteSource & {
  /** Nobody looks at any buffer any more. */
  readonly settled: () => Promise<unknown>;
};

/** The bytes of the source, seen by the proof. What a buffer held before is seen while the next one is read and sent. */
function readFrom({ source }: UploadStep, offset: number, proof: CopyProof): SeenSource {
  let position = offset;
  const seen = new Map<ArrayBufferLike, Promise<void> | null>();
  return {
    read: async (into) => {
      await seen.get(into.buffer);
      const count = await source.read(into, position);
      seen.set(into.buffer, proof.add(into.subarray(0, count)));
      position += count;
      return count;
    },
    settled: () => Promise.all(seen.values()),
  };
}

async function refuseChanged({ row, source }: UploadStep): Promise<void> {
  if (await source.isUnchanged()) return;
  throw new AppError("local-changed", "The file was changed while it was being sent", { path: sourcePathOf(row) });
}

/**
 * The size the server shows must be the size that was sent, unless its line ends make another one. A server that shows no file has said
 * 226 all the same: a drop-off folder that is emptied at once, or one that may be written but not read.
 */
async function measure({ session, parts, source, signal }: UploadStep, path: string): Promise<number | null> {
  const size = await session.finishUpload(path, parts.settings.preserveTimes ? source.mtimeMs : null, signal);
  if (parts.isText || size === null || size === source.size) return size;
  const message = `The server holds ${size} bytes of ${source.size}`;
  throw new AppError("incomplete", message, { path: parts.displayPath(path) });
}

/** What proves to be wrong does not stay: the next try begins at the beginning. */
async function prove(
  { session, source, signal }: UploadStep,
  { path, proof, isSeen }: { readonly path: string; readonly proof: CopyProof; readonly isSeen: boolean },
): Promise<Proof> {
  try {
    return await proof.finish({ path, own: source, isSeen }, signal);
  } catch (error) {
    if (isKind(error, "verification-failed") && session.isUsable) {
      await session.removeFile(path, signal).catch(ignoreRefusal);
    }
    throw error;
  }
}

function isKind(error: unknown, kind: ErrorKind): boolean {
  return error instanceof AppError && error.kind === kind;
}

/** It stays there, then; whoever needs the session finds out whether it is gone. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof AppError) || error.kind === "cancelled") throw error;
}
