import type { ErrorKind } from "../../../shared/errors/errorKind.ts";
import { isRetryable, policyOf } from "../../../shared/errors/policy.ts";

export type FailedTry = {
  readonly kind: ErrorKind;
  /** What the try before has failed with; null: it has not. */
  readonly previousKind: ErrorKind | null;
  /** Tries that failed in a row without a byte moving, before this one. */
  readonly attempts: number;
  /** This try moved bytes: the road works, so the count begins again. */
  readonly movedBytes: boolean;
  readonly maxRetries: number;
  readonly retryDelayMs: number;
};

export type RetryDecision =
  | { readonly do: "try-again"; readonly attempts: number; readonly delayMs: number }
  | { readonly do: "give-up"; readonly attempts: number };

/** Whether a failed try is followed by another, by the policy table. `maxRetries` tries follow the first, then the transfer fails. */
export function decideRetry({
  kind,
  previousKind,
  attempts,
  movedBytes,
  maxRetries,
  retryDelayMs,
}: FailedTry): RetryDecision {
  const failures = movedBytes ? 1 : attempts + 1;
  // However many bytes came: what is wrong a second time will be wrong for ever.
  const isWrongAgain = kind === "verification-failed" && previousKind === kind;
  if (!isRetryable(kind) || isWrongAgain || failures > maxRetries) return { do: "give-up", attempts: failures };
  return { do: "try-again", attempts: failures, delayMs: retryDelayMs };
}

/**
 * True for a failure to get a session that every other transfer of the site would meet as well, and that only the user can mend.
 * They all fail with it at once: a thousand wrong logins would lock the account.
 */
export function concernsWholeSite(kind: ErrorKind): boolean {
  return kind === "cancelled" || kind === "encryption-refused" || (policyOf[kind].blame === "user" && isLogin(kind));
}

/** True when the server would have had one session fewer of us. */
export function isRefusedAsTooMany(kind: ErrorKind): boolean {
  return kind === "too-many-connections" || kind === "service-unavailable";
}

/** True when the site as a whole should rest before the next try, not only the transfer that found out. */
export function restsSite(kind: ErrorKind): boolean {
  return policyOf[kind].retry === "after-delay" && kind !== "busy";
}

function isLogin(kind: ErrorKind): boolean {
  const kinds: readonly ErrorKind[] = [
    "login-rejected",
    "proxy-login-rejected",
    "account-required",
    "certificate-untrusted",
  ];
  return kinds.includes(kind);
}
