import type { ErrorKind } from "../../../shared/errors/errorKind.ts";
import type { Direction } from "../../../shared/models/transfer.ts";

/**
 * What helps after a failure, besides trying once more. "free-space" and "show-target" open the folder the file was to go to,
 * "show-source" the one it comes from; the others open where the cause is set right.
 */
export type NextStep = "free-space" | "show-target" | "show-source" | "edit-site" | "open-settings";

const steps: Partial<Record<ErrorKind, NextStep | Record<Direction, NextStep>>> = {
  "host-not-found": "edit-site",
  "connection-refused": "edit-site",
  "proxy-failed": "open-settings",
  "proxy-login-rejected": "open-settings",
  "tls-failed": "edit-site",
  "encryption-refused": "edit-site",
  "login-rejected": "edit-site",
  "account-required": "edit-site",
  "too-many-connections": "edit-site",
  "not-found": { upload: "show-target", download: "show-source" },
  "permission-denied": { upload: "show-target", download: "show-source" },
  "already-exists": "show-target",
  "not-a-directory": "show-target",
  "name-not-allowed": "show-target",
  "remote-full": "free-space",
  "local-full": "free-space",
  "local-not-found": { upload: "show-source", download: "show-target" },
  "local-permission": { upload: "show-source", download: "show-target" },
  "local-changed": "show-source",
  "local-busy": { upload: "show-source", download: "show-target" },
};

/** The step for a failure; null: to try again is all there is to do. */
export function nextStepFor(kind: ErrorKind, direction: Direction): NextStep | null {
  const step = steps[kind];
  if (step === undefined) return null;
  return typeof step === "string" ? step : step[direction];
}
