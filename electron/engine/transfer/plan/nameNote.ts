import type { PlanNote } from "../../../../shared/models/plan.ts";
import type { Direction } from "../../../../shared/models/transfer.ts";
import { type NamePlatform, numberedName, toLocalName } from "../../local/localNames.ts";

export type PlannedNames = {
  readonly direction: Direction;
  /** As people read them. */
  readonly source: string;
  readonly target: string;
  /** Whose rules the names of the target folder keep. */
  readonly platform: NamePlatform;
  /** Another name stands in the target folder that differs in upper and lower case only. */
  readonly hasLookAlike: boolean;
};

/** What is to be known about a name at the target; null: it goes as it is. Pure. */
export function nameNote({ direction, source, target, platform, hasLookAlike }: PlannedNames): PlanNote | null {
  const written = direction === "download" ? toLocalName(source, platform) : source;
  if (target !== source) {
    if (isNumbered(target, written)) return "clash";
    return direction === "download" ? "mapped" : "own-name";
  }
  if (hasLookAlike) return "look-alike";
  return direction === "upload" && platform === "windows" && toLocalName(source, platform) !== source
    ? "windows"
    : null;
}

/** "README (2).txt" for "README.txt" */
function isNumbered(name: string, wanted: string): boolean {
  const counts = [...name.matchAll(/ \((?<count>\d+)\)/g)].map(({ groups }) => Number(groups?.count));
  return counts.some((count) => count > 1 && numberedName(wanted, count) === name);
}

const longestPath = { linux: 4_095, mac: 1_023, windows: 32_766 } as const satisfies Record<NamePlatform, number>;

/** A path that the system will not take, however its parts are written. */
export function isPathTooLong(path: string, platform: NamePlatform): boolean {
  return (platform === "windows" ? path.length : Buffer.byteLength(path)) > longestPath[platform];
}
