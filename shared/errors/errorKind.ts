import * as z from "zod/mini";

/** Everything that can go wrong, told apart by what a user or the queue would do about it. Match on kind, never on message text. */
export const errorKinds = [
  "host-not-found",
  "connection-refused",
  "connection-timeout",
  "connection-lost",
  "proxy-failed",
  "proxy-login-rejected",
  "tls-failed",
  "certificate-untrusted",
  "encryption-refused",
  "login-rejected",
  "account-required",
  "too-many-connections",
  "service-unavailable",
  "not-found",
  "permission-denied",
  "already-exists",
  "not-a-directory",
  "directory-not-empty",
  "name-not-allowed",
  "remote-full",
  "local-full",
  "local-not-found",
  "local-permission",
  "local-changed",
  "local-busy",
  "local-disk-failed",
  "data-connection-failed",
  "transfer-aborted",
  "incomplete",
  "verification-failed",
  "resume-refused",
  "busy",
  "unsupported-command",
  "malformed-reply",
  "malformed-listing",
  "unexpected-reply",
  "cancelled",
  "invalid-input",
  "internal",
] as const;

export type ErrorKind = (typeof errorKinds)[number];

export const errorKindSchema = z.enum(errorKinds);
