import { sep } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import type { QueueFilter } from "../../../../shared/models/transfer.ts";
import { sourcePathOf, type TransferRow } from "../transferRow.ts";
import { filterConditions } from "./queueQueries.ts";

/** Which rows a set-based change may touch. */
export type RowScope =
  | { readonly ids: readonly number[] }
  | { readonly filter: QueueFilter }
  | { readonly siteNo: number }
  | { readonly siteId: string }
  | { readonly batchId: number }
  | { readonly folder: FolderScope };

/** What lies in a source folder of one drop, and below it. */
export type FolderScope = {
  readonly batchId: number;
  /** The transfer that brings what the folder holds; null: the drop itself did. */
  readonly folderId: number | null;
  readonly path: string;
  /** What the paths of all folders below begin with. */
  readonly prefix: string;
};

/** A folder's transfer means all that it brings; a file's means the folder that the file lies in. */
export function folderScopeOf(row: TransferRow, openedBy: number | null): FolderScope {
  const path = row.kind === "folder" ? sourcePathOf(row) : row.sourceFolder;
  const separator = row.direction === "upload" ? sep : "/";
  const prefix = path.endsWith(separator) ? path : path + separator;
  return { batchId: row.batchId, folderId: row.kind === "folder" ? row.id : openedBy, path, prefix };
}

/** Named rows are found by their ids; everything else by walking the table once, in steps. */
export function selectionOf(scope: RowScope): { readonly from: string; readonly values: readonly SQLInputValue[] } {
  if ("ids" in scope) {
    return { from: "json_each(?) j CROSS JOIN transfers t WHERE t.id = j.value", values: [JSON.stringify(scope.ids)] };
  }
  if ("filter" in scope)
    return { from: `transfers t NOT INDEXED WHERE t.${filterConditions[scope.filter]}`, values: [] };
  if ("siteNo" in scope) return { from: "transfers t NOT INDEXED WHERE t.site = ?", values: [scope.siteNo] };
  if ("siteId" in scope) {
    const site = "(SELECT no FROM sites WHERE id = ?)";
    return { from: `transfers t NOT INDEXED WHERE t.site = ${site}`, values: [scope.siteId] };
  }
  const walk = "transfers t NOT INDEXED CROSS JOIN places p ON p.id = t.place WHERE p.batch = ?";
  if ("batchId" in scope) return { from: walk, values: [scope.batchId] };
  const { batchId, folderId, path, prefix } = scope.folder;
  const isBelow = "p.source_folder = ? OR substr(p.source_folder, 1, length(?)) = ?";
  return { from: `${walk} AND (t.id IS ? OR ${isBelow})`, values: [batchId, folderId, path, prefix, prefix] };
}
