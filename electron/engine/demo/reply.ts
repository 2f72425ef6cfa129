/** A reply as it goes onto the wire, without its last CRLF. */
export type Reply = string;

/** "250 Done." RFC 959 §4.2. */
export function reply(code: number, text: string): Reply {
  return `${code} ${text}`;
}

/** Several lines: "211-Features:", each inner line after one space, "211 End." */
export function replyLines(code: number, first: string, inner: readonly string[], last: string): Reply {
  return [`${code}-${first}`, ...inner.map((line) => ` ${line}`), `${code} ${last}`].join("\r\n");
}

/** Thrown to answer a command with a refusal. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, text: string) {
    super(text);
    this.code = code;
  }
}

/** How the system's refusals read in FTP. RFC 959 §5.4 for the codes of each command. */
const systemRefusals: Readonly<Record<string, readonly [code: number, text: string]>> = {
  ENOENT: [550, "No such file or folder."],
  ENOTDIR: [550, "That is not a folder."],
  EISDIR: [550, "That is a folder."],
  EEXIST: [550, "That exists already."],
  ENOTEMPTY: [550, "The folder is not empty."],
  EACCES: [550, "Permission denied."],
  EPERM: [550, "Permission denied."],
  EROFS: [550, "This disk can only be read."],
  EXDEV: [550, "Cannot rename across disks."],
  EINVAL: [550, "That cannot be done with this path."],
  ELOOP: [550, "Links are not followed."],
  ENAMETOOLONG: [553, "That name is too long."],
  ENOSPC: [452, "The disk is full."],
  EDQUOT: [452, "The quota is used up."],
};

export function replyToFailure(error: unknown): Reply {
  if (error instanceof Refusal) return reply(error.code, error.message);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const [number, text] = systemRefusals[code] ?? [451, "Something went wrong here."];
  return reply(number, text);
}
