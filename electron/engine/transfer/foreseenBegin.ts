import { randomUUID } from "node:crypto";
import { withSuffix } from "../local/localNames.ts";
import { wholeFileBytes } from "../local/wholeFiles.ts";
import type { BegunFacts } from "./store/rowLife.ts";
import type { TransferRow } from "./transferRow.ts";
import type { MadeFolders } from "./upload/madeFolders.ts";
import type { TargetFolders } from "./upload/targetFolders.ts";

export type Foresight = {
  readonly madeFolders: Pick<MadeFolders, "has">;
  readonly targets: Pick<TargetFolders, "isFree">;
  /** It goes byte by byte, in one go. */
  readonly goesWhole: boolean;
};

/**
 * What a try will write down before its first byte, where nothing has to be asked of server or disk to know it: a new small file in a
 * folder that we have made. It is written with the claim then, and saves a commit. null: it has to be found out.
 *
 * A folder that we have made holds nothing that we have not put there: it is not looked at, `putFile` would find out. The unfinished file
 * then needs a name that no other file of the folder can have: "a.part" may be the next one to arrive, and what is written down as ours
 * is begun anew after a kill.
 */
export function foreseeBegin(row: TransferRow, { madeFolders, targets, goesWhole }: Foresight): BegunFacts | null {
  const { kind, begun, direction, targetFolder, targetName, size, modifiedMs } = row;
  if (kind !== "file" || begun !== "no" || !goesWhole || size === null || size > wholeFileBytes) return null;
  const facts = { begun: "fresh", targetName, size, modifiedMs, oldSize: null, oldModifiedMs: null } as const;
  if (direction === "upload") return targets.isFree(targetFolder, targetName) ? { ...facts, partName: null } : null;
  if (!madeFolders.has(targetFolder)) return null;
  return { ...facts, partName: withSuffix(targetName, `.${randomUUID().slice(0, 13)}.part`) };
}

/**
 * Whether the row says already what `begin` is to write. Of a download the time may have become more exact since: it only decides whether
 * an unfinished file is gone on with, and one that goes whole never is.
 */
export function isForeseen(row: TransferRow, foreseen: BegunFacts | null, facts: BegunFacts): boolean {
  if (foreseen === null || foreseen.begun !== facts.begun || foreseen.partName !== facts.partName) return false;
  if (foreseen.targetName !== facts.targetName || foreseen.size !== facts.size) return false;
  return (
    row.direction === "download" || (foreseen.modifiedMs === facts.modifiedMs && (facts.identity ?? null) === null)
  );
}
