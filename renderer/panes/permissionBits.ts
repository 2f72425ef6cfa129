/** Who and what, in the order of the octal digits and their bits. */
export const who = ["owner", "group", "public"] as const;
export const what = ["read", "write", "execute"] as const;

/** The bit of "owner may write" and its like in a Unix mode. */
export function bitOf(whoIndex: number, whatIndex: number): number {
  return 0o400 >> (whoIndex * 3 + whatIndex);
}

/** "rwxr-xr-x", also as servers write it: "drwxr-sr-t". null where it is not that. */
export function parsePermissions(text: string | null): number | null {
  const letters = /^[-a-zA-Z]?(?<owner>[r-][w-][xsS-])(?<group>[r-][w-][xsS-])(?<public>[r-][w-][xtT-])[.+@]?$/.exec(
    text ?? "",
  );
  if (!letters?.groups) return parseOctal(text ?? "");
  const { owner = "", group = "", public: everyone = "" } = letters.groups;
  let mode = 0;
  [...owner, ...group, ...everyone].forEach((letter, index) => {
    // A capital S or T: the special bit without the right to execute.
    if (letter !== "-" && letter !== "S" && letter !== "T") mode |= 0o400 >> index;
  });
  if (/s/i.test(owner)) mode |= 0o4000;
  if (/s/i.test(group)) mode |= 0o2000;
  if (/t/i.test(everyone)) mode |= 0o1000;
  return mode;
}

/** "755" or "0755"; null for anything else. */
export function parseOctal(text: string): number | null {
  return /^[0-7]{3,4}$/.test(text) ? Number.parseInt(text, 8) : null;
}

export function toOctal(mode: number): string {
  return mode.toString(8).padStart(3, "0");
}

/** The mode all entries share; null where they differ or where one is not known. */
export function commonMode(permissions: readonly (string | null)[]): number | null {
  const [first, ...others] = permissions.map(parsePermissions);
  return first !== undefined && others.every((mode) => mode === first) ? first : null;
}
