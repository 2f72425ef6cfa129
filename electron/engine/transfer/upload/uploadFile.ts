import { AppError } from "../../../../shared/errors/appError.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { isResumable } from "../policies/conflictPolicy.ts";
import { decideAsPlanned } from "../policies/plannedDecision.ts";
import type { BegunFacts } from "../store/rowLife.ts";
import type { Outcome, TryParts } from "../transferOutcome.ts";
import { sourcePathOf, type TransferRow, targetPathOf, temporaryPathOf } from "../transferRow.ts";
import { askAboutTarget, freeRemoteName } from "./remoteConflict.ts";
import { sendFile } from "./sendFile.ts";
import { decideTemporaryName, temporaryNameOf } from "./temporaryNames.ts";
import { openUploadSource, type UploadSource } from "./uploadSource.ts";

/**
 * One try of an upload: source facts, conflict, bytes, source unchanged, size, time, proof, final name. What an earlier try left is
 * continued while the source is still the same, and what lies there proves to be its beginning.
 */
export async function uploadFile(
  row: TransferRow,
  session: RemoteSession,
  parts: TryParts,
  signal: AbortSignal,
): Promise<Outcome> {
  const source = await openUploadSource(sourcePathOf(row), row.size, parts.disk);
  try {
    if (source.unfit !== null) return { type: "skipped", reason: source.unfit };
    const step: UploadStep = { row, session, parts, source, signal };
    const placed = await placeTarget(step);
    if (placed.type !== "go") return placed;
    await parts.begin(placed.facts);
    return await sendFile(step, placed);
  } finally {
    await source.close();
  }
}

export type UploadStep = {
  readonly row: TransferRow;
  readonly session: RemoteSession;
  readonly parts: TryParts;
  readonly source: UploadSource;
  readonly signal: AbortSignal;
};

/** Where the bytes go, and how many of them are there already, as far as sizes tell. */
export type Placed = { readonly type: "go"; readonly offset: number; readonly facts: BegunFacts };

async function placeTarget(step: UploadStep): Promise<Placed | Outcome> {
  const { row, session, parts, source, signal } = step;
  if (row.begun !== "no") return placeAgain(step, row.begun);
  const existing = await parts.targets.find(session, row.targetFolder, row.targetName, signal);
  if (existing === null) return goNew(step, { begun: "fresh" });
  refuseFolder(step, existing);
  const canResume = session.can.resumeUpload && !parts.isText;
  const sides = {
    source: { size: source.size, modifiedMs: source.mtimeMs, precision: "second" },
    target: existing,
  } as const;
  const decision = decideAsPlanned(row, { rule: parts.rule, ...sides, canResume });
  switch (decision.do) {
    case "overwrite":
      return goOver(step);
    case "resume":
      if (decision.offset === source.size) return { type: "skipped", reason: "same-size" };
      return go(step, { begun: "continued", offset: decision.offset });
    case "rename":
      return goNew(step, { begun: "fresh", targetName: await freeRemoteName(step) });
    case "skip":
      return { type: "skipped", reason: decision.reason };
    case "ask":
      return askAboutTarget(step, existing, isResumable(sides.source, sides.target, canResume));
  }
}

/** An earlier try has begun: how much of what lies there now is ours? Asked afresh, for a listing may be older than our bytes. */
async function placeAgain(step: UploadStep, begun: "fresh" | "over" | "continued"): Promise<Placed | Outcome> {
  const { row, session, signal } = step;
  const { partName, oldSize, oldModifiedMs } = row;
  const old = { oldSize, oldModifiedMs };
  const part = partName === null ? null : await session.stat(temporaryPathOf(row, partName), signal);
  if (part !== null) return go(step, { begun, ...old, partName, offset: lengthOfOurs(step, part) });
  const found = await session.stat(targetPathOf(row), signal);
  if (found === null) return go(step, { begun: "fresh", partName });
  refuseFolder(step, { isFolder: found.type === "directory" });
  const isStillOld = begun === "over" && found.size === oldSize && found.modifiedMs === oldModifiedMs;
  const offset = isStillOld ? 0 : lengthOfOurs(step, found);
  if (partName === null) return go(step, { begun, ...old, offset });
  // Killed after the final name was given and before that was written down, or before the first byte.
  return offset === step.source.size ? go(step, { begun, ...old, offset }) : go(step, { begun, ...old, partName });
}

/** How much of what an earlier try has left can be gone on from. Of text nobody knows how much is there. */
function lengthOfOurs({ row, session, parts, source }: UploadStep, { size }: { readonly size: number | null }): number {
  const isSameFile = row.begunIdentity === null || source.identity === null || row.begunIdentity === source.identity;
  const isSameSource = isSameFile && row.begunSize === source.size && row.begunModifiedMs === source.mtimeMs;
  const isSpoilt = row.errorKind === "verification-failed" || row.errorKind === "resume-refused";
  if (size === null || parts.isText || !isSameSource || isSpoilt || size > source.size) return 0;
  return session.can.resumeUpload || size === source.size ? size : 0;
}

type Start = {
  readonly begun: BegunFacts["begun"];
  readonly offset?: number;
  readonly targetName?: string;
  readonly partName?: string | null;
  readonly oldSize?: number | null;
  readonly oldModifiedMs?: number | null;
};

function go({ row, source }: UploadStep, start: Start): Placed {
  const { begun, offset = 0, targetName = row.targetName, partName = null } = start;
  const { oldSize = null, oldModifiedMs = null } = start;
  const { size, mtimeMs: modifiedMs, identity } = source;
  return {
    type: "go",
    offset,
    facts: { begun, targetName, size, modifiedMs, oldSize, oldModifiedMs, partName, identity },
  };
}

/** From the first byte, under a temporary name where that is possible. */
async function goNew(step: UploadStep, start: Start): Promise<Placed> {
  const { row, session, parts, source, signal } = step;
  const { temporaryNames: names, targets } = parts;
  const ahead = {
    wish: names.wish(),
    renames: names.recall(),
    isRefused: names.isRefused(row.targetFolder),
    size: source.size,
    replaces: start.begun === "over",
    showsFiles: undefined,
  };
  let way = decideTemporaryName(ahead);
  if (way === "look") {
    way = decideTemporaryName({ ...ahead, showsFiles: await targets.showsFiles(session, row.targetFolder, signal) });
  }
  return go(
    step,
    way === "temporary" ? { ...start, partName: temporaryNameOf(start.targetName ?? row.targetName) } : start,
  );
}

/** Remembers the old file by the same question that will be asked after a break, so that both answers can be compared. */
async function goOver(step: UploadStep): Promise<Placed> {
  const old = await step.session.stat(targetPathOf(step.row), step.signal);
  if (old === null) return goNew(step, { begun: "fresh" });
  return goNew(step, { begun: "over", oldSize: old.size, oldModifiedMs: old.modifiedMs });
}

function refuseFolder({ row, parts }: UploadStep, { isFolder }: { readonly isFolder: boolean }): void {
  if (!isFolder) return;
  const path = parts.displayPath(targetPathOf(row));
  throw new AppError("already-exists", "A folder stands where the file should go", { path });
}
