import type { ErrorKind } from "../../../shared/errors/errorKind.ts";
import type { ServerName } from "../../ftpd/serverProgram.ts";

/** Something a server cannot do, and what it does instead. A check that shows anything else, success included, fails. */
export type Known = {
  readonly server: ServerName;
  readonly checks: readonly string[];
  /** Ends the sentence that begins with the server's name; for the table. */
  readonly reason: string;
  /** What the check ends with: the kind of its error, or a part of its message. */
  readonly shows: { readonly kind: ErrorKind } | { readonly message: string };
};

export const known: readonly Known[] = [
  {
    server: "vsftpd",
    checks: ["listings.closed", "refusals.unreadable"],
    reason:
      "answers “Failed to change directory.” and “Failed to open file.” whatever the reason, so it is taken for missing",
    shows: { message: "expected permission-denied, got not-found" },
  },
  {
    server: "vsftpd",
    checks: ["changes.folder-over-file", "changes.folder-nowhere"],
    reason: "answers “Create directory operation failed.” whatever the reason, so it is taken for forbidden",
    shows: { message: "got permission-denied" },
  },
  {
    server: "Pure-FTPd",
    checks: ["listings.closed"],
    reason: "answers “Can't check for file existence” whatever the reason, so it is taken for missing",
    shows: { message: "expected permission-denied, got not-found" },
  },
  noChecksums("vsftpd"),
  noChecksums("Pure-FTPd"),
  noChecksums("pyftpdlib"),
  noChecksums("GNU ftpd"),
  noCopies("vsftpd"),
  noCopies("Pure-FTPd"),
  noCopies("pyftpdlib"),
  noCopies("GNU ftpd"),
  hidesDeadLinks("ProFTPD"),
  hidesDeadLinks("pyftpdlib"),
  {
    server: "GNU ftpd",
    checks: ["listings.link-nowhere"],
    reason: "follows a link before it deletes it, so one to nowhere stays",
    shows: { kind: "not-found" },
  },
  {
    server: "ProFTPD",
    checks: ["names.folder-pattern"],
    reason: "makes no folder with “*” in its name",
    shows: { message: "Invalid directory name" },
  },
  {
    server: "Pure-FTPd",
    checks: ["names.trailing-blank"],
    reason: "puts “_” in place of a blank at the end of a name",
    shows: { message: "one blank_" },
  },
  {
    server: "Pure-FTPd",
    checks: ["names.backslash"],
    reason: "takes no name with a backslash",
    shows: { kind: "name-not-allowed" },
  },
  {
    server: "pyftpdlib",
    checks: ["names.gbk", "names.byte-255"],
    reason: "takes every name for UTF-8 and puts U+FFFD in place of other bytes",
    shows: { message: "ï¿½" },
  },
  {
    server: "Pure-FTPd",
    checks: ["cancels.download"],
    reason:
      "gives one reply to RETR and ABOR together, so the session is closed, and a new one is opened when it is needed",
    shows: { message: "false !== true" },
  },
  {
    server: "Pure-FTPd",
    checks: ["cancels.ten"],
    reason:
      "gives one reply to RETR and ABOR together, so the session is closed, and a new one is opened when it is needed",
    shows: { message: "expected cancelled, got connection-lost" },
  },
  {
    server: "Pure-FTPd",
    checks: ["changes.folder-stood-in"],
    reason: "ends the session when the folder it stands in is gone",
    shows: { kind: "service-unavailable" },
  },
  {
    server: "Pure-FTPd",
    checks: ["tls.reuse-1.2", "tls.reuse-1.3"],
    reason: "cannot demand that TLS sessions are resumed",
    shows: { message: "cannot demand" },
  },
  {
    server: "pyftpdlib",
    checks: ["tls.reuse-1.2", "tls.reuse-1.3"],
    reason: "cannot demand that TLS sessions are resumed",
    shows: { message: "cannot demand" },
  },
  {
    server: "Pure-FTPd",
    checks: ["tls.implicit"],
    reason: "has no implicit TLS",
    shows: { message: "has no implicit TLS" },
  },
  {
    server: "GNU ftpd",
    checks: ["login.too-many", "login.room", "engine.two-sessions"],
    reason: "does not count its sessions: inetd would",
    shows: { message: "does not count its sessions" },
  },
  {
    server: "GNU ftpd",
    checks: ["listings.long-path"],
    reason: "cuts a command line of more than 512 bytes into several",
    shows: { kind: "unsupported-command" },
  },
  {
    server: "GNU ftpd",
    checks: ["times.leap-day", "times.old", "times.2038", "times.named", "times.finish"],
    reason: "has no command that sets times",
    shows: { message: "no way to set times" },
  },
];

export function findKnown({ server }: { readonly server: string }, check: string): Known | undefined {
  return known.find((each) => each.server === server && each.checks.includes(check));
}

function noChecksums(server: ServerName): Known {
  return {
    server,
    checks: ["changes.checksum"],
    reason: "computes no checksums",
    shows: { kind: "unsupported-command" },
  };
}

function noCopies(server: ServerName): Known {
  return {
    server,
    checks: ["changes.copy"],
    reason: "copies nothing by itself",
    shows: { kind: "unsupported-command" },
  };
}

function hidesDeadLinks(server: ServerName): Known {
  return {
    server,
    checks: ["listings.link-nowhere"],
    reason: "leaves a link to nowhere out of MLSD",
    shows: { message: "link is not in []" },
  };
}
