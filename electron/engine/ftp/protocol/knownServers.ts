import { type Reply, replyText } from "./replyParser.ts";

/** vsftpd 3.0: its banner can be changed, this sentence cannot. */
export function isVsftpd(typeReply: Reply): boolean {
  return replyText(typeReply) === "Switching to Binary mode.";
}

/** Pure-FTPd 1.0, by the same kind of sentence. */
export function isPureFtpd(typeReply: Reply): boolean {
  return replyText(typeReply) === "TYPE is now 8-bit binary";
}

/**
 * Servers that begin with a transfer command while the data connection is still coming, and were seen to: vsftpd 3.0, ProFTPD 1.3,
 * Pure-FTPd 1.0. They get the passive command and the transfer command in one segment. pyftpdlib resets
 * the connection, and of the others nobody knows.
 */
export function bearsPipelining(greeting: Reply, typeReply: Reply): boolean {
  return isVsftpd(typeReply) || isPureFtpd(typeReply) || replyText(greeting).startsWith("ProFTPD");
}
