import type { ConflictAction } from "../../../../shared/models/prompt.ts";
import type { SiteSettings } from "../../../../shared/models/site.ts";
import { type TransferFlags, writeFlags } from "./flags.ts";
import { writeAction } from "./overwriteActions.ts";
import { ownPathUnits, writeSafePath } from "./safePath.ts";
import { writeServer } from "./server.ts";
import { elementLine } from "./xml.ts";

/** A transfer as FileZilla's file tells it: whole paths, text on both sides. */
export type FilezillaFile = TransferFlags & {
  readonly localPath: string;
  readonly remoteFolder: string;
  readonly remoteName: string;
  readonly size: number | null;
  readonly attempts: number;
  /** 0: normal; above: sooner. */
  readonly priority: number;
  readonly decision: ConflictAction | null;
};

/** The version whose files ours are like. Newer FileZillas read them. */
const likeVersion = "3.63.0";
const platformNames: Partial<Record<NodeJS.Platform, string>> = { win32: "windows", darwin: "mac" };

export function openDocument(platform: NodeJS.Platform): string {
  const name = platformNames[platform] ?? "*nix";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<FileZilla3 version="${likeVersion}" platform="${name}">\n\t<Queue>\n`;
}

export const endOfDocument = "\t</Queue>\n</FileZilla3>\n";

/** null: XML cannot write what this site is called. */
export function openServer(site: SiteSettings): string | null {
  const fields = writeServer(site, 3);
  return fields === null ? null : `\t\t<Server>\n${fields}`;
}

export const endOfServer = "\t\t</Server>\n";

/** null: XML cannot write one of its names. */
export function fileLines(file: FilezillaFile): string | null {
  const overwrite = file.decision === null ? null : writeAction(file.decision);
  const fields: readonly (readonly [string, string | number])[] = [
    ["LocalFile", file.localPath],
    ["RemoteFile", file.remoteName],
    ["RemotePath", writeSafePath(file.remoteFolder, ownPathUnits)],
    ["Flags", writeFlags(file)],
    ...(file.size === null ? [] : ([["Size", file.size]] as const)),
    ...(file.attempts === 0 ? [] : ([["ErrorCount", file.attempts]] as const)),
    ...(file.priority === 0 ? [] : ([["Priority", priorityNumber(file.priority)]] as const)),
    ...(overwrite === null ? [] : ([["OverwriteAction", overwrite]] as const)),
  ];
  const lines = fields.map(([name, text]) => elementLine(4, name, text));
  return lines.every((line) => line !== null) ? `\t\t\t<File>\n${lines.join("")}\t\t\t</File>\n` : null;
}

function priorityNumber(priority: number): number {
  return Math.min(Math.max(priority, -2), 2) + 2;
}
