import type { XmlElement } from "@rgrove/parse-xml";
import type { Direction } from "../../../../shared/models/transfer.ts";
import { numberOf, textOf } from "./xml.ts";

export type TransferFlags = { readonly direction: Direction; readonly isText: boolean };

/** Which way a transfer goes, and how. Files from before FileZilla 3.51 say it in `<Download>` and `<DataType>`. null: damaged. */
export function readFlags(item: XmlElement): TransferFlags | null {
  const flags = numberOf(item, "Flags", -1);
  if (flags === null) return null;
  if (flags >= 0) return { direction: flags & downloadFlag ? "download" : "upload", isText: (flags & textFlag) !== 0 };
  const isDownload = textOf(item, "Download");
  if (isDownload === null) return null;
  return { direction: isDownload.trim() === "1" ? "download" : "upload", isText: numberOf(item, "DataType", 1) === 0 };
}

export function writeFlags({ direction, isText }: TransferFlags): number {
  return (direction === "download" ? downloadFlag : 0) + (isText ? textFlag : 0);
}

const downloadFlag = 0x10;
const textFlag = 0x8000;
