import type { EntryType } from "../../../../shared/models/entry.ts";
import { parseSize } from "../protocol/sizeReply.ts";
import { asEntry, type LineReading, type ListingFamily } from "./rawEntry.ts";

/** Unix in numbers only, mode with type bits and time as UTC seconds: "0100644   500  101   12345    123456789       file". */
export const unixNumeric: ListingFamily = { name: "unix-numeric", readLine };

const linePattern =
  /^\s{0,8}(?<mode>[0-7]{5,7})\s+(?<owner>\S{1,64})\s+(?<group>\S{1,64})\s+(?<size>\d{1,20})\s+(?<seconds>\d{1,11})\s+(?<name>\S.*)$/s;

function readLine(line: string): LineReading {
  const groups = linePattern.exec(line)?.groups;
  if (groups === undefined) return null;
  const { mode = "", owner = "", group = "", size = "", seconds = "", name = "" } = groups;
  const type = typeOf(Number.parseInt(mode, 8) >> 12);
  const [wireName = "", linkTarget = null] = type === "symlink" ? name.split(" -> ", 2) : [name];
  return asEntry({
    wireName,
    type,
    size: type === "file" ? parseSize(size) : null,
    modifiedMs: Number(seconds) * 1000,
    modifiedPrecision: "second",
    isUtc: true,
    permissions: mode,
    owner,
    group,
    linkTarget,
  });
}

/** The type bits of POSIX st_mode. */
function typeOf(bits: number): EntryType {
  if (bits === 0o04) return "directory";
  if (bits === 0o12) return "symlink";
  return bits === 0o10 ? "file" : "other";
}
