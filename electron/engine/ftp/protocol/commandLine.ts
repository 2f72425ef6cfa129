import { AppError } from "../../../../shared/errors/appError.ts";

const telnetIac = 0xff;

/**
 * A command as bytes, with its line end. The only place where text becomes bytes of a control connection, and so the only guard
 * against a name that carries a second command: CR, LF and NUL are refused, and so is a character that is not one byte (`invalid-input`).
 *
 * Byte 255 is doubled: the control connection is Telnet (RFC 959 §2.3, RFC 854), where a single 255 begins a Telnet command. ProFTPD
 * swallows it together with what follows, which makes "я" of windows-1251 names vanish.
 */
export function encodeCommand(line: string): Buffer {
  if (/[\r\n\0]/.test(line)) throw new AppError("invalid-input", "A command may not hold CR, LF or NUL");
  if (/[^\0-\xff]/.test(line)) throw new AppError("invalid-input", "A command must be encoded before it is sent");
  const bytes = Buffer.from(`${line}\r\n`, "latin1");
  return bytes.includes(telnetIac) ? doubleIac(bytes) : bytes;
}

/** The command as it may be shown and kept: what PASS and ACCT carry is hidden, its length too. */
export function maskCommand(line: string): string {
  return line.replace(/^(PASS|ACCT) .*$/is, "$1 ****");
}

function doubleIac(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("latin1").replaceAll("\xff", "\xff\xff"), "latin1");
}
