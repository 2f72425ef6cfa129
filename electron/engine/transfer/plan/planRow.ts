import { stat } from "node:fs/promises";
import { AppError, toAppError } from "../../../../shared/errors/appError.ts";
import type { PlanNote } from "../../../../shared/models/plan.ts";
import { toLocalError } from "../../local/localErrors.ts";
import { addLocalContents, addRemoteContents, takesCasesForOne } from "../folderContents.ts";
import type { ConflictSide } from "../policies/conflictPolicy.ts";
import { goesAsText } from "../policies/textFiles.ts";
import type { NewTransfer } from "../store/arrivals.ts";
import type { Finding } from "../store/planStore.ts";
import { localPathOf, sourcePathOf, type TransferRow, targetPathOf } from "../transferRow.ts";
import { isPathTooLong, nameNote } from "./nameNote.ts";
import { type PlanDesk, Unreachable } from "./planDesk.ts";
import { planFile } from "./planFile.ts";
import type { TargetLook } from "./targetLook.ts";

/**
 * What will happen to one planned row. A folder is read, so that what it holds is planned too; nothing is made or moved. What only
 * concerns this row is its finding; rejects with Unreachable, and with `cancelled`.
 */
export async function planRow(row: TransferRow, desk: PlanDesk): Promise<Finding> {
  try {
    const look = await desk.lookAtTarget(row);
    const found = row.kind === "folder" ? await planFolder(row, look, desk) : await planOneFile(row, look, desk);
    return { ...found, note: await noteOf(row, look, desk) };
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    const { kind } = toAppError(error);
    if (kind === "cancelled" || desk.signal.aborted) throw new AppError("cancelled", "Stopped", { cause: error });
    return { action: "fail", reason: "error", errorKind: kind };
  }
}

async function planFolder(row: TransferRow, look: TargetLook | null, desk: PlanDesk): Promise<Finding> {
  const standing = look?.find(row.targetName) ?? null;
  if (standing !== null && !standing.isFolder) return { action: "fail", reason: "file-in-the-way" };
  if (isTooLong(row, desk)) return { action: "fail", reason: "path-too-long" };
  await readFolder(row, desk);
  if (look === null) return { action: "ask", reason: "unreadable-target" };
  return standing === null ? { action: "create", reason: "new" } : { action: "merge", reason: "folder-there" };
}

async function readFolder(row: TransferRow, desk: PlanDesk): Promise<void> {
  const { store, signal } = desk;
  const paths = { source: sourcePathOf(row), target: targetPathOf(row) };
  const placeId = store.openPlace(row, paths.source, paths.target);
  const children = {
    names: () => store.namesIn(placeId),
    add: (found: readonly NewTransfer[]) => void store.addChildren(row, placeId, found, desk.now()),
  };
  const parts = { ...desk, toWire: (text: string) => desk.toWire(row.siteId, text) };
  if (row.direction === "upload") {
    const ignoresCase = takesCasesForOne(await desk.serverOf(row));
    await addLocalContents(paths.source, ignoresCase, children, parts, signal);
  } else {
    await desk.withSession(row.siteId, (session) => addRemoteContents(session, paths, children, parts, signal));
  }
}

async function planOneFile(row: TransferRow, look: TargetLook | null, desk: PlanDesk): Promise<Finding> {
  if (row.skipped !== null && row.skipped !== "user") return { action: "skip", reason: row.skipped };
  if (isTooLong(row, desk)) return { action: "fail", reason: "path-too-long" };
  const target = look?.find(row.targetName) ?? null;
  const source = await learnSource(row, target !== null, desk);
  if (source === null) return { action: "skip", reason: "folder-link" };
  if (look === null) return { action: "ask", reason: "unreadable-target", size: source.size };
  const { can } = await desk.serverOf(row);
  const isAble = row.direction === "upload" ? can.resumeUpload : can.resumeDownload && target?.isFile === true;
  return planFile({
    source,
    target,
    rule: desk.rules.ruleFor({ ...row, size: source.size, modifiedMs: source.modifiedMs }),
    mayResume: isAble && !goesAsText(row, desk.settings()),
    freeName: () => desk.freeNameBeside(row, look),
  });
}

/** The listing's facts where they are enough, as for the transfer itself; null: a link to a folder, which is never followed. */
async function learnSource(row: TransferRow, stands: boolean, desk: PlanDesk): Promise<ConflictSide | null> {
  const { size, modifiedMs, precision } = row;
  if (row.direction === "upload") return size === null ? statLocal(sourcePathOf(row)) : { size, modifiedMs, precision };
  const isEnough = size !== null && (!stands || precision === "second");
  if (isEnough) return { size, modifiedMs, precision };
  const found = await desk.withSession(row.siteId, (session) => session.stat(sourcePathOf(row), desk.signal));
  if (found === null) throw new AppError("not-found", "The file is no longer on the server");
  if (found.type === "directory") return null;
  return {
    size: found.size ?? size,
    modifiedMs: found.modifiedMs ?? modifiedMs,
    precision: found.modifiedMs === null ? precision : "second",
  };
}

async function statLocal(path: string): Promise<ConflictSide | null> {
  const found = await stat(path).catch((error) => Promise.reject(toLocalError(error, path)));
  return found.isDirectory() ? null : { size: found.size, modifiedMs: found.mtimeMs, precision: "second" };
}

async function noteOf(row: TransferRow, look: TargetLook | null, desk: PlanDesk): Promise<PlanNote | null> {
  const { direction, siteId, sourceName, targetName } = row;
  const isUpload = direction === "upload";
  const isWindows = isUpload && takesCasesForOne(await desk.serverOf(row));
  return nameNote({
    direction,
    source: isUpload ? sourceName : desk.displayPath(siteId, sourceName),
    target: isUpload ? desk.displayPath(siteId, targetName) : targetName,
    platform: isUpload ? (isWindows ? "windows" : "linux") : desk.platform,
    hasLookAlike: look?.hasLookAlike(targetName) ?? false,
  });
}

function isTooLong(row: TransferRow, { platform }: PlanDesk): boolean {
  return row.direction === "download" && isPathTooLong(localPathOf(row), platform);
}
