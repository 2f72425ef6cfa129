import type { Settings } from "../../../../shared/models/settings.ts";
import type { TransferRow } from "../transferRow.ts";

export type TextSettings = Pick<
  Settings,
  "transferType" | "asciiExtensions" | "asciiWithoutExtension" | "asciiDotFiles"
>;

/**
 * Whether a file goes as text, its line ends converted (RFC 959 §3.1.1.1). What has begun one way goes on that way, whatever the
 * settings say by now; the user's word for a drop goes before the settings.
 */
export function goesAsText(
  row: Pick<TransferRow, "begun" | "isText" | "batchType" | "sourceName">,
  settings: TextSettings,
): boolean {
  if (row.begun !== "no") return row.isText === true;
  switch (row.batchType ?? settings.transferType) {
    case "ascii":
      return true;
    case "auto":
      return isNamedLikeText(row.sourceName, settings);
    default:
      return false;
  }
}

function isNamedLikeText(name: string, settings: TextSettings): boolean {
  if (name.startsWith(".")) return settings.asciiDotFiles;
  const unversioned = name.replace(/;\d+$/, ""); // "LOGIN.COM;12" on VMS
  const dot = unversioned.lastIndexOf(".");
  if (dot === -1) return settings.asciiWithoutExtension;
  return settings.asciiExtensions.includes(unversioned.slice(dot + 1).toLowerCase());
}
