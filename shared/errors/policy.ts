import type { ErrorKind } from "./errorKind.ts";

export type RetryRule =
  /** Trying again by itself would fail the same way, or would do harm (a second wrong password locks accounts). */
  | "no"
  /** The session is sound: the same command may be sent again. */
  | "same-session"
  /** The session is gone or suspect: log in afresh first. */
  | "new-session"
  /** The server asks for patience: wait, then log in afresh. */
  | "after-delay";

export type Policy = {
  readonly retry: RetryRule;
  /** Who has to act for the cause to go away. */
  readonly blame: "user" | "server" | "network" | "local" | "us";
};

/** What the queue and the browser do about each kind. A new kind does not compile until someone decides here. */
export const policyOf = {
  "host-not-found": { retry: "after-delay", blame: "network" },
  "connection-refused": { retry: "after-delay", blame: "server" },
  "connection-timeout": { retry: "after-delay", blame: "network" },
  "connection-lost": { retry: "new-session", blame: "network" },
  "proxy-failed": { retry: "after-delay", blame: "network" },
  "proxy-login-rejected": { retry: "no", blame: "user" },
  "tls-failed": { retry: "new-session", blame: "server" },
  "certificate-untrusted": { retry: "no", blame: "user" },
  "encryption-refused": { retry: "no", blame: "server" },
  "login-rejected": { retry: "no", blame: "user" },
  "account-required": { retry: "no", blame: "user" },
  "too-many-connections": { retry: "after-delay", blame: "server" },
  "service-unavailable": { retry: "after-delay", blame: "server" },
  "not-found": { retry: "no", blame: "user" },
  "permission-denied": { retry: "no", blame: "server" },
  "already-exists": { retry: "no", blame: "user" },
  "not-a-directory": { retry: "no", blame: "user" },
  "directory-not-empty": { retry: "no", blame: "user" },
  "name-not-allowed": { retry: "no", blame: "user" },
  "remote-full": { retry: "no", blame: "server" },
  "local-full": { retry: "no", blame: "local" },
  "local-not-found": { retry: "no", blame: "local" },
  "local-permission": { retry: "no", blame: "local" },
  "local-changed": { retry: "same-session", blame: "local" },
  "local-busy": { retry: "after-delay", blame: "local" },
  "local-disk-failed": { retry: "no", blame: "local" },
  "data-connection-failed": { retry: "new-session", blame: "network" },
  "transfer-aborted": { retry: "new-session", blame: "network" },
  incomplete: { retry: "new-session", blame: "network" },
  "verification-failed": { retry: "same-session", blame: "network" },
  "resume-refused": { retry: "same-session", blame: "server" },
  busy: { retry: "after-delay", blame: "server" },
  "unsupported-command": { retry: "no", blame: "server" },
  "malformed-reply": { retry: "new-session", blame: "server" },
  "malformed-listing": { retry: "no", blame: "server" },
  "unexpected-reply": { retry: "new-session", blame: "server" },
  cancelled: { retry: "no", blame: "user" },
  "invalid-input": { retry: "no", blame: "user" },
  internal: { retry: "no", blame: "us" },
} as const satisfies Record<ErrorKind, Policy>;

export function isRetryable(kind: ErrorKind): boolean {
  return policyOf[kind].retry !== "no";
}
