import { AppError } from "../../../../shared/errors/appError.ts";

/**
 * How byte 255 of a name travels. The control connection is Telnet (RFC 959 §2.3, RFC 854), where a single 255 begins a Telnet command
 * and two of them mean one byte: so "doubled" is right, and ProFTPD and the BSD servers need it. vsftpd takes every byte as it is.
 */
export type Byte255 = "doubled" | "literal";

/**
 * A command as bytes, with its line end. The only place where text becomes bytes of a control connection, and so the only guard
 * against a name that carries a second command: CR, LF and NUL are refused, and so is a character that is not one byte (`invalid-input`).
 */
export function encodeCommand(line: string, byte255: Byte255 = "doubled"): Buffer {
  if (/[\r\n\0]/.test(line)) throw new AppError("invalid-input", "A command may not hold CR, LF or NUL");
  if (/[^\0-\xff]/.test(line)) throw new AppError("invalid-input", "A command must be encoded before it is sent");
  const sent = byte255 === "doubled" ? line.replaceAll("\xff", "\xff\xff") : line;
  return Buffer.from(`${sent}\r\n`, "latin1");
}

/** The command as it may be shown and kept: what PASS and ACCT carry is hidden, its length too; Serv-U's SITE PSWD changes a password. */
export function maskCommand(line: string): string {
  return line.replace(/^(PASS|ACCT|SITE\s+PSWD)\s.*$/is, "$1 ****");
}
