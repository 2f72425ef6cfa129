import * as z from "zod/mini";

const bitsSchema = z.int().check(z.gte(0), z.lte(0o7777));

/** Which bits of a Unix mode are to be on, and which off; the others stay as each entry has them. */
export const permissionChangeSchema = z.object({ on: bitsSchema, off: bitsSchema });
export type PermissionChange = z.infer<typeof permissionChangeSchema>;

/** What entries are to get, files and folders apart; null: left alone. `recursive`: also what folders hold, but never links. */
export const permissionPlanSchema = z.object({
  files: z.nullable(permissionChangeSchema),
  folders: z.nullable(permissionChangeSchema),
  recursive: z.boolean(),
});
export type PermissionPlan = z.infer<typeof permissionPlanSchema>;

/** All bits are said: what the entry had before does not matter. The special bits count as off where nobody names them. */
export function isWhole({ on, off }: PermissionChange): boolean {
  return ((on | off) & 0o777) === 0o777;
}

/** The mode that comes of it; null when it depends on a mode that nobody knows. */
export function changeMode(before: number | null, { on, off }: PermissionChange): number | null {
  if (isWhole({ on, off })) return on;
  return before === null ? null : (before & ~off) | on;
}

/** "rwxr-xr-x", also as servers write it: "drwxr-sr-t", or "755". null where it is not that. */
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
