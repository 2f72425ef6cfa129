import { type PermissionChange, parsePermissions } from "../../shared/models/permissions.ts";

/** Who and what, in the order of the octal digits and their bits. */
export const who = ["owner", "group", "public"] as const;
export const what = ["read", "write", "execute"] as const;

/** Every entry keeps what it has. */
export const keepsAll: PermissionChange = { on: 0, off: 0 };

/** The bit of "owner may write" and its like in a Unix mode. */
export function bitOf(whoIndex: number, whatIndex: number): number {
  return 0o400 >> (whoIndex * 3 + whatIndex);
}

/** true: on; false: off; null: as each entry has it. */
export function bitState({ on, off }: PermissionChange, bit: number): boolean | null {
  if ((on & bit) !== 0) return true;
  return (off & bit) !== 0 ? false : null;
}

export function setBit({ on, off }: PermissionChange, bit: number, isOn: boolean): PermissionChange {
  return isOn ? { on: on | bit, off: off & ~bit } : { on: on & ~bit, off: off | bit };
}

/** "755", "4755"; "7x5" where a digit is not settled: "x" keeps what each entry has, as other clients write it. */
export function toOctalText({ on, off }: PermissionChange): string {
  const digits = [6, 3, 0].map((shift) => ((((on | off) >> shift) & 0o7) === 0o7 ? String((on >> shift) & 0o7) : "x"));
  const special = (on >> 9) & 0o7;
  return (special === 0 ? "" : String(special)) + digits.join("");
}

/** Reads what `toOctalText` writes; null for anything else. */
export function fromOctalText(text: string): PermissionChange | null {
  const match = /^(?<special>[0-7]?)(?<digits>[0-7x]{3})$/i.exec(text.trim());
  if (!match?.groups) return null;
  const { special = "", digits = "" } = match.groups;
  let on = Number(special) << 9;
  let off = special === "" ? 0 : ~on & 0o7000;
  [...digits].forEach((digit, index) => {
    if (/x/i.test(digit)) return;
    const shift = 6 - index * 3;
    on |= Number(digit) << shift;
    off |= (~Number(digit) & 0o7) << shift;
  });
  return { on, off };
}

/** What all entries agree on; the rest stays as each has it. */
export function commonChange(permissions: readonly (string | null)[]): PermissionChange {
  const modes = permissions.map(parsePermissions);
  if (modes.length === 0 || modes.includes(null)) return keepsAll;
  return modes.reduce<PermissionChange>(
    (common, mode) => ({ on: common.on & (mode ?? 0), off: common.off & ~(mode ?? 0) & 0o777 }),
    { on: 0o7777, off: 0o777 },
  );
}
