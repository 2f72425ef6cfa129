import { AppError } from "../../../shared/errors/appError.ts";
import { numberedName } from "../local/localNames.ts";
import type { ByteSource, RemoteSession } from "../sessions/remoteSession.ts";
import { decideConflict, isResumable } from "./conflictPolicy.ts";
import type { BegunFacts } from "./queueStore.ts";
import type { TargetFacts } from "./targetFolders.ts";
import type { Outcome, TryParts } from "./transferOutcome.ts";
import { sourcePathOf, type TransferRow, targetPathOf } from "./transferRow.ts";
import { openUploadSource, type UploadSource } from "./uploadSource.ts";

/**
 * One try of an upload: source facts, conflict, bytes, source unchanged, size, time. What an earlier try left at the target is
 * continued while the source is still the same.
 */
export async function uploadFile(
  row: TransferRow,
  session: RemoteSession,
  parts: TryParts,
  signal: AbortSignal,
): Promise<Outcome> {
  const path = sourcePathOf(row);
  const source = await openUploadSource(path, row.size, parts.disk);
  try {
    if (source.unfit !== null) return { type: "skipped", reason: source.unfit };
    const step: Step = { row, session, parts, source, signal };

    const placed = await placeTarget(step);
    if (placed.type !== "go") return placed;
    await parts.begin(placed.facts);
    const target = targetPathOf({ ...row, targetName: placed.facts.targetName });
    await sendAll(step, target, placed.offset);
    await refuseChanged(source, path);
    try {
      return await verify(step, target, placed.facts.targetName);
    } catch (error) {
      if (placed.offset === 0 || !isIncomplete(error)) throw error;
      // The server takes REST and begins at 0 all the same: its file is spoilt, and would be at every other try.
      await sendBytes(step, target, 0);
      await refuseChanged(source, path);
      return await verify(step, target, placed.facts.targetName);
    }
  } finally {
    await source.close();
  }
}

type Step = {
  readonly row: TransferRow;
  readonly session: RemoteSession;
  readonly parts: TryParts;
  readonly source: UploadSource;
  readonly signal: AbortSignal;
};

type Placed = { readonly type: "go"; readonly offset: number; readonly facts: BegunFacts };

async function placeTarget(step: Step): Promise<Placed | Outcome> {
  const { row, session, parts, source, signal } = step;
  if (row.begun !== "no") return placeAgain(step, row.begun);
  const existing = await parts.targets.find(session, row.targetFolder, row.targetName, signal);
  if (existing === null) return go(step, { begun: "fresh" });
  refuseFolder(step, existing);
  const canResume = session.can.resumeUpload && !parts.isText;
  const sides = {
    source: { size: source.size, modifiedMs: source.mtimeMs, precision: "second" },
    target: existing,
  } as const;
  const decision = decideConflict({ rule: parts.rule, ...sides, canResume });
  switch (decision.do) {
    case "overwrite":
      return goOver(step);
    case "resume":
      if (decision.offset === source.size) return { type: "skipped", reason: "same-size" };
      return go(step, { begun: "continued", offset: decision.offset });
    case "rename":
      return go(step, { begun: "fresh", targetName: await freeRemoteName(step) });
    case "skip":
      return { type: "skipped", reason: decision.reason };
    case "ask":
      return ask(step, existing, isResumable(sides.source, sides.target, canResume));
  }
}

/** An earlier try has begun: how much of what lies there now is ours? Asked afresh, for a listing may be older than our bytes. */
async function placeAgain(step: Step, begun: "fresh" | "over" | "continued"): Promise<Placed | Outcome> {
  const { row, session, parts, source, signal } = step;
  const found = await session.stat(targetPathOf(row), signal);
  const old = { oldSize: row.oldSize, oldModifiedMs: row.oldModifiedMs };
  if (found === null) return go(step, { begun: "fresh" });
  refuseFolder(step, { isFolder: found.type === "directory" });
  const isStillOld = begun === "over" && found.size === row.oldSize && found.modifiedMs === row.oldModifiedMs;
  const isSameSource = row.begunSize === source.size && row.begunModifiedMs === source.mtimeMs;
  const isSent = !parts.isText && !isStillOld && isSameSource; // of text nobody knows how much is there
  const isPart = isSent && found.size !== null && found.size <= source.size;
  const canContinue = isPart && (session.can.resumeUpload || found.size === source.size);
  return go(step, { begun, ...old, offset: canContinue ? (found.size ?? 0) : 0 });
}

type Start = {
  readonly begun: BegunFacts["begun"];
  readonly offset?: number;
  readonly targetName?: string;
  readonly oldSize?: number | null;
  readonly oldModifiedMs?: number | null;
};

function go({ row, source }: Step, { begun, offset = 0, targetName = row.targetName, ...old }: Start): Placed {
  const { oldSize = null, oldModifiedMs = null } = old;
  const facts = {
    begun,
    targetName,
    size: source.size,
    modifiedMs: source.mtimeMs,
    oldSize,
    oldModifiedMs,
    partName: null,
  };
  return { type: "go", offset, facts };
}

/** Remembers the old file by the same question that will be asked after a break, so that both answers can be compared. */
async function goOver(step: Step): Promise<Placed> {
  const old = await step.session.stat(targetPathOf(step.row), step.signal);
  if (old === null) return go(step, { begun: "fresh" });
  return go(step, { begun: "over", oldSize: old.size, oldModifiedMs: old.modifiedMs });
}

function refuseFolder({ row, parts }: Step, { isFolder }: { readonly isFolder: boolean }): void {
  if (!isFolder) return;
  const path = parts.displayPath(targetPathOf(row));
  throw new AppError("already-exists", "A folder stands where the file should go", { path });
}

async function ask(step: Step, existing: TargetFacts, canResume: boolean): Promise<Outcome> {
  const { row, session, parts, source } = step;
  return {
    type: "conflict",
    question: {
      kind: "conflict",
      transferId: row.id,
      batchId: row.batchId,
      direction: "upload",
      source: { path: sourcePathOf(row), size: source.size, modifiedMs: source.mtimeMs },
      target: {
        path: parts.displayPath(targetPathOf(row)),
        size: existing.size,
        modifiedMs: existing.modifiedMs,
      },
      canResume,
      suggestedName: session.toText(await freeRemoteName(step)),
    },
  };
}

async function freeRemoteName({ row, session, parts, signal }: Step): Promise<string> {
  for (let count = 2; ; count++) {
    const name = numberedName(row.targetName, count);
    if ((await parts.targets.find(session, row.targetFolder, name, signal)) === null) return name;
  }
}

/** A server that will not go on at the offset gets the file from the start. */
async function sendAll(step: Step, path: string, offset: number): Promise<void> {
  try {
    await sendBytes(step, path, offset);
  } catch (error) {
    const mayBeginAnew = error instanceof AppError && error.kind === "resume-refused" && step.session.isUsable;
    if (!mayBeginAnew || offset === 0) throw error;
    await sendBytes(step, path, 0);
  }
}

async function sendBytes({ session, parts, source, signal }: Step, path: string, offset: number) {
  let bytesDone = offset;
  parts.onBytesDone(bytesDone);
  if (offset > 0 && offset === source.size) return; // killed between the last byte and the final answer
  const onBytes = (count: number) => {
    bytesDone += count;
    parts.onBytesDone(bytesDone);
  };
  const bytes = readFrom(source, offset);
  const { isText } = parts;
  await session.upload({ path, offset, length: source.size - offset, source: bytes, onBytes, isText }, signal);
}

function readFrom(source: UploadSource, offset: number): ByteSource {
  let position = offset;
  return {
    read: async (into) => {
      const count = await source.read(into, position);
      position += count;
      return count;
    },
  };
}

async function refuseChanged(source: UploadSource, path: string): Promise<void> {
  if (await source.isUnchanged()) return;
  throw new AppError("local-changed", "The file was changed while it was being sent", { path });
}

function isIncomplete(error: unknown): boolean {
  return error instanceof AppError && error.kind === "incomplete";
}

/**
 * The size the server shows must be the size that was sent, unless its line ends make another one. A server that shows no file has said 226 all the same: a drop-off folder
 * that is emptied at once, or one that may be written but not read.
 */
async function verify({ row, session, parts, source, signal }: Step, path: string, name: string): Promise<Outcome> {
  const size = await session.finishUpload(path, parts.settings.preserveTimes ? source.mtimeMs : null, signal);
  if (!parts.isText && size !== null && size !== source.size) {
    const message = `The server holds ${size} bytes of ${source.size}`;
    throw new AppError("incomplete", message, { path: parts.displayPath(path) });
  }
  const facts = {
    isFolder: false,
    size: size ?? source.size,
    modifiedMs: source.mtimeMs,
    precision: "second",
  } as const;
  parts.targets.note(row.targetFolder, name, facts);
  return { type: "done", bytesDone: source.size };
}
