import { platform } from "node:process";

/** How FileZilla counts the characters of a path: UTF-16 units on Windows, code points elsewhere. */
export type PathUnits = "utf-16" | "code-points";

export const ownPathUnits: PathUnits = platform === "win32" ? "utf-16" : "code-points";

/**
 * A remote folder as FileZilla writes it down, every part with its length, as "/"-joined text: "1 0 3 var 3 www" → "/var/www".
 * The units are those of the writing system; a path that does not fit them is tried with the others. null: not such a path, or of a kind
 * of server whose paths are no list of names (VMS, MVS, z/VM, NonStop).
 */
export function parseSafePath(text: string, units: PathUnits): string | null {
  return parseIn(text, units) ?? parseIn(text, units === "utf-16" ? "code-points" : "utf-16");
}

/** "/var/www" → "1 0 3 var 3 www" */
export function writeSafePath(path: string, units: PathUnits): string {
  const names = path.split("/").filter((name) => name !== "");
  return ["1 0", ...names.map((name) => `${measure(name, units)} ${name}`)].join(" ");
}

/** Kinds of servers whose paths are names between separators: default, Unix, DOS, VxWorks, DOS virtual, Cygwin, DOS with slashes. */
const plainTypes = new Set(["0", "1", "3", "5", "8", "9", "10"]);
const longestName = 32_767; // FileZilla's own limit

function parseIn(text: string, units: PathUnits): string | null {
  const head = /^(?<type>\d{1,2}) 0(?: |$)/.exec(text);
  if (head?.groups?.type === undefined || !plainTypes.has(head.groups.type)) return null;
  const characters = units === "utf-16" ? text.split("") : Array.from(text);
  const names: string[] = [];
  for (let at = head[0].length; at < characters.length; ) {
    const blank = characters.indexOf(" ", at);
    const digits = characters.slice(at, blank).join("");
    const length = blank !== -1 && /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
    const end = blank + 1 + length;
    const isWhole = length >= 1 && length <= longestName && end <= characters.length;
    if (!isWhole || (end < characters.length && characters[end] !== " ")) return null;
    names.push(characters.slice(blank + 1, end).join(""));
    at = end + 1;
  }
  return names.some((name) => name.includes("/")) ? null : `/${names.join("/")}`;
}

function measure(name: string, units: PathUnits): number {
  return units === "utf-16" ? name.length : Array.from(name).length;
}
