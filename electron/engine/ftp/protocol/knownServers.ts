import { type Reply, replyText } from "./replyParser.ts";

/** vsftpd 3.0: its banner can be changed, this sentence cannot. */
export function isVsftpd(typeReply: Reply): boolean {
  return replyText(typeReply) === "Switching to Binary mode.";
}

/**
 * Servers that begin with a transfer command while the data connection is still coming, and were seen to: vsftpd 3.0, ProFTPD 1.3,
 * Pure-FTPd 1.0 ("TYPE is now 8-bit binary"). They get the passive command and the transfer command in one segment. pyftpdlib resets
 * the connection, and of the others nobody knows.
 */
export function bearsPipelining(greeting: Reply, typeReply: Reply): boolean {
  const type = replyText(typeReply);
  return isVsftpd(typeReply) || type === "TYPE is now 8-bit binary" || replyText(greeting).startsWith("ProFTPD");
}
