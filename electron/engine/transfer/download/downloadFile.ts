import type { Stats } from "node:fs";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { TimePrecision } from "../../../../shared/models/entry.ts";
import { numberedName } from "../../local/localNames.ts";
import {
  choosePartName,
  continueFile,
  discardPartialFile,
  finishPartialFile,
  type LocalTarget,
  localPathIn,
  lookAt,
  newFileMode,
  partialSize,
} from "../../local/partialFile.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { type ConflictDecision, isResumable } from "../policies/conflictPolicy.ts";
import { decideAsPlanned } from "../policies/plannedDecision.ts";
import type { Proof } from "../store/receiptStore.ts";
import type { BegunFacts } from "../store/rowLife.ts";
import type { Outcome, TryParts } from "../transferOutcome.ts";
import { sourcePathOf, type TransferRow } from "../transferRow.ts";
import { type BegunPart, fetchPart, proveLanded } from "./fetchPart.ts";
import { startSegmented } from "./segmentedDownload.ts";

/**
 * One try of a download: source facts, conflict, bytes into the unfinished file, size, time, final name. What an earlier try left
 * is continued while the source is still the same.
 */
export async function downloadFile(
  row: TransferRow,
  session: RemoteSession,
  parts: TryParts,
  signal: AbortSignal,
): Promise<Outcome> {
  const existing = await lookAt(localPathIn(row.targetFolder, row.targetName));
  const source = await learnSource(row, existing, session, parts, signal);
  if (source.isFolder) return { type: "skipped", reason: "folder-link" };
  const target = { root: row.root, folder: row.targetFolder, places: parts.places };
  const step: DownloadStep = { row, session, parts, source, target };

  const placed = await placeTarget(step, row, existing);
  if (placed.type === "done") return withProof(placed, await proveLanded(step, signal));
  if (placed.type !== "go") return placed;
  const begun = await beginPart(step, placed);
  const { written, modifiedMs, proof } = await fetchPart(step, begun, signal);
  const known: DownloadStep =
    modifiedMs === null ? step : { ...step, source: { ...source, modifiedMs, precision: "second" } };
  return withProof(await giveFinalName(known, begun, placed, written), proof);
}

export function withProof(outcome: Outcome, proof: Proof): Outcome {
  return outcome.type === "done" ? { ...outcome, proof } : outcome;
}

type Source = {
  readonly isFolder: boolean;
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly precision: TimePrecision;
  /** Nothing depends on the exact time before the end: it is asked along with the bytes. */
  readonly isTimeDue?: boolean;
};

export type DownloadStep = {
  readonly row: TransferRow;
  readonly session: RemoteSession;
  readonly parts: TryParts;
  readonly source: Source;
  readonly target: LocalTarget;
};

/** Where the file may go: its name, and what it replaces there. */
type Placed = {
  readonly type: "go";
  readonly name: string;
  readonly replaced: Stats | null;
  /** What stands at the name is the file's beginning, says the user. */
  readonly continues: boolean;
};

const coarsestTimeMs = 2_000; // FAT keeps every other second
const worthResumingBytes = 1024 * 1024;

/** The listing's facts where they are enough; the server is asked where they are not, or when an earlier try is to be continued. */
async function learnSource(
  row: TransferRow,
  existing: Stats | null,
  session: RemoteSession,
  parts: TryParts,
  signal: AbortSignal,
): Promise<Source> {
  const { size, modifiedMs, precision } = row;
  if (size !== null && row.begun === "no") {
    const listed = { isFolder: false, size, modifiedMs, precision };
    const isVague = precision !== "second";
    const mayBeResumed = size >= worthResumingBytes; // by whoever can tell that the source is still the same
    if (!isVague || !(mayBeResumed || parts.settings.preserveTimes)) return listed;
    if (!mayBeResumed && existing === null) return { ...listed, isTimeDue: true };
  }
  return askSource(row, session, parts, signal);
}

async function askSource(row: TransferRow, session: RemoteSession, parts: TryParts, signal: AbortSignal) {
  const path = sourcePathOf(row);
  const found = await session.stat(path, signal);
  if (found === null) {
    throw new AppError("not-found", "The file is no longer on the server", { path: parts.displayPath(path) });
  }
  const { type, size, modifiedMs } = found;
  return {
    isFolder: type === "directory",
    size: size ?? row.size,
    modifiedMs: modifiedMs ?? row.modifiedMs,
    precision: modifiedMs === null ? row.precision : "second",
  } satisfies Source;
}

async function placeTarget(
  step: DownloadStep,
  begun: Pick<TransferRow, "begun" | "oldSize" | "oldModifiedMs" | "partName">,
  existing: Stats | null,
) {
  const { row, source } = step;
  if (existing === null) return go(row.targetName, null);
  if (await hasLanded(step, existing)) return { type: "done", bytesDone: existing.size } as const;
  const wasDecided =
    begun.begun === "over" && existing.size === begun.oldSize && existing.mtimeMs === begun.oldModifiedMs;
  if (wasDecided) return go(row.targetName, existing);
  if (begun.begun === "continued" && (await isPartMissing(row))) return go(row.targetName, null);
  if (existing.isDirectory()) {
    throw new AppError("already-exists", "A folder stands where the file should go", { path: row.targetName });
  }
  const conflict = {
    rule: step.parts.rule,
    source,
    target: { size: existing.size, modifiedMs: existing.mtimeMs, precision: "second" },
    canResume: mayResume(step) && existing.isFile(),
  } as const;
  return obey(step, decideAsPlanned(row, conflict), existing, isResumable(source, conflict.target, conflict.canResume));
}

async function obey(
  step: DownloadStep,
  decision: ConflictDecision,
  existing: Stats,
  canResume: boolean,
): Promise<Placed | Outcome> {
  const { row, source, parts } = step;
  switch (decision.do) {
    case "overwrite":
      return go(row.targetName, existing);
    case "resume":
      if (decision.offset === source.size) return { type: "skipped", reason: "same-size" };
      // Bytes of our own are there already: they are continued, and what has appeared at the name meanwhile is replaced.
      return row.partName === null ? { ...go(row.targetName, null), continues: true } : go(row.targetName, existing);
    case "rename":
      return go(await freeLocalName(row), null);
    case "skip":
      if (row.partName !== null) await discardPartialFile(row.targetFolder, row.partName, null);
      return { type: "skipped", reason: decision.reason };
    case "ask": {
      const path = localPathIn(row.targetFolder, row.targetName);
      return {
        type: "conflict",
        question: {
          kind: "conflict",
          transferId: row.id,
          batchId: row.batchId,
          direction: "download",
          source: { path: parts.displayPath(sourcePathOf(row)), size: source.size, modifiedMs: source.modifiedMs },
          target: { path, size: existing.size, modifiedMs: existing.mtimeMs },
          canResume: canResume && row.partName === null,
          suggestedName: await freeLocalName(row),
        },
      };
    }
  }
}

/**
 * Killed after the final name was given and before that was written down: what stands there is ours, and the unfinished file is gone,
 * or is the same file by its other name.
 */
async function hasLanded({ row, source, parts }: DownloadStep, existing: Stats): Promise<boolean> {
  const { begun, begunSize, partName, targetFolder } = row;
  if (partName === null || begun === "no" || begun === "continued" || existing.size !== begunSize) return false;
  if (source.size !== begunSize || (existing.size === row.oldSize && existing.mtimeMs === row.oldModifiedMs))
    return false;
  const part = await lookAt(localPathIn(targetFolder, partName));
  if (part !== null && (part.ino !== existing.ino || part.dev !== existing.dev)) return false;
  const hasOurTime = source.modifiedMs === null || Math.abs(existing.mtimeMs - source.modifiedMs) <= coarsestTimeMs;
  if (parts.settings.preserveTimes && !hasOurTime) return false;
  if (part !== null) await discardPartialFile(targetFolder, partName, null);
  return true;
}

function mayResume({ session, parts }: DownloadStep): boolean {
  return session.can.resumeDownload && !parts.isText;
}

function go(name: string, replaced: Stats | null): Placed {
  return { type: "go", name, replaced, continues: false };
}

/** Killed between the decision to continue the user's file and its renaming. */
async function isPartMissing({ targetFolder, partName }: TransferRow): Promise<boolean> {
  return partName !== null && (await lookAt(localPathIn(targetFolder, partName))) === null;
}

/** Writes down what is about to happen, before it does. */
async function beginPart(step: DownloadStep, { name, replaced, continues }: Placed): Promise<BegunPart> {
  const { row, parts, source, target } = step;
  const wasBegun = row.partName !== null;
  const partName = row.partName ?? (await choosePartName(row.targetFolder, name));
  const isContinued = continues || row.begun === "continued";
  const facts: BegunFacts = {
    begun: isContinued ? "continued" : replaced === null ? "fresh" : "over",
    targetName: name,
    size: source.size,
    modifiedMs: source.modifiedMs,
    oldSize: replaced?.size ?? null,
    oldModifiedMs: replaced?.mtimeMs ?? null,
    partName,
  };
  await parts.begin(facts);
  const mustMove = isContinued && (await lookAt(localPathIn(row.targetFolder, partName))) === null;
  if (mustMove && (await lookAt(localPathIn(row.targetFolder, name))) !== null) {
    await continueFile(row.targetFolder, name, partName);
  }
  const isSameSource = row.begunSize === source.size && row.begunModifiedMs === source.modifiedMs;
  const held = wasBegun || isContinued ? await partialSize(row.targetFolder, partName) : 0;
  const fits = source.size === null || held <= source.size;
  const canResume = mayResume(step);
  const isComplete = held === source.size && !parts.isText;
  const isWrong = row.errorKind === "verification-failed";
  const keep = held > 0 && fits && !isWrong && (continues || isSameSource) && (canResume || isComplete);
  const segmented = await startSegmented({
    target,
    partName,
    size: source.size,
    held: keep ? held : 0,
    mayContinue: wasBegun && isSameSource && canResume && !isWrong,
    maySegment: parts.leaseSpare !== null && canResume && !isContinued,
  });
  return { ...facts, partName, keep: keep || segmented?.hasMap === true, isOurs: wasBegun || isContinued, segmented };
}

/** The bytes lie in the unfinished file: it gets its time and its final name, and what has appeared there meanwhile is dealt with. */
export async function giveFinalName(
  step: DownloadStep,
  begun: BegunFacts & { readonly partName: string },
  placed: Pick<Placed, "name" | "replaced">,
  written: number,
): Promise<Outcome> {
  const { row, parts, source, target } = step;
  const modifiedMs = parts.settings.preserveTimes ? source.modifiedMs : null;
  let { name, replaced } = placed;
  for (;;) {
    try {
      await finishPartialFile({
        target,
        partName: begun.partName,
        name,
        replaced: replaced && { size: replaced.size, modifiedMs: replaced.mtimeMs },
        modifiedMs,
        mode: replaced ? replaced.mode & 0o777 : newFileMode,
      });
      return { type: "done", bytesDone: written };
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "already-exists") throw error;
      // Something has appeared at the name while the bytes came: the rule decides once more.
      const retry = { ...step, row: { ...row, targetName: name, partName: begun.partName } };
      const again = await placeTarget(retry, begun, await lookAt(localPathIn(row.targetFolder, name)));
      if (again.type !== "go") return again;
      await parts.begin({
        ...begun,
        targetName: again.name,
        oldSize: again.replaced?.size ?? null,
        oldModifiedMs: again.replaced?.mtimeMs ?? null,
        begun: again.replaced ? "over" : begun.begun,
      });
      ({ name, replaced } = again);
    }
  }
}

/** The name that the plan has told, or else the first numbered one beside the target, that nothing stands at. */
async function freeLocalName({ targetFolder, targetName, plannedName }: TransferRow): Promise<string> {
  const isFree = async (name: string) => (await lookAt(localPathIn(targetFolder, name))) === null;
  if (plannedName !== null && (await isFree(plannedName))) return plannedName;
  for (let count = 2; ; count++) {
    const name = numberedName(targetName, count);
    if (await isFree(name)) return name;
  }
}
