import type { ErrorKind } from "../../../../shared/errors/errorKind.ts";
import { isRetryable, policyOf } from "../../../../shared/errors/policy.ts";

export type FailedTry = {
  readonly kind: ErrorKind;
  /** "lease": there was no session to try with. */
  readonly phase: "lease" | "work";
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
  /** The transfer has not been tried at all: it waits until its site can be reached, however long that takes. */
  | { readonly do: "wait-for-site"; readonly attempts: 0 }
  | { readonly do: "give-up"; readonly attempts: number };

/**
 * Whether a failed try is followed by another, by the policy table. `maxRetries` tries follow the first, then the transfer fails. A line
 * that broke is always followed by one more: the next login tells whether the transfer was to blame or the network is gone.
 */
export function decideRetry(failed: FailedTry): RetryDecision {
  const { kind, phase, previousKind, attempts, movedBytes, maxRetries, retryDelayMs } = failed;
  if (phase === "lease" && restsSite(kind)) return { do: "wait-for-site", attempts: 0 };
  const failures = movedBytes ? 1 : attempts + 1;
  const retries = policyOf[kind].blame === "network" ? Math.max(maxRetries, 1) : maxRetries;
  // However many bytes came: what is wrong a second time will be wrong for ever.
  const isWrongAgain = kind === "verification-failed" && previousKind === kind;
  if (!isRetryable(kind) || isWrongAgain || failures > retries) return { do: "give-up", attempts: failures };
  return { do: "try-again", attempts: failures, delayMs: retryDelayMs };
}

const shortestRestMs = 1_000;
const longestRestMs = 30_000; // with the time a try may take, everything is under way a minute after the network is back

/**
 * How long a site rests after so many tries in a row that did not reach it: what the user has set, then twice as long each time. Up to a
 * fifth of it is left to chance, so that not everybody who lost a server comes back at the same moment.
 */
export function restAfter(failures: number, retryDelayMs: number, chance: number): number {
  const longestMs = Math.max(longestRestMs, retryDelayMs);
  const wantedMs = failures <= 1 ? retryDelayMs : Math.max(retryDelayMs, shortestRestMs) * 2 ** (failures - 1);
  return Math.round(Math.min(wantedMs, longestMs) * (1 - 0.2 * chance));
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

/** True for a failure to get a session that tells of the road or of the server's load, not of the transfer: the whole site rests. */
export function restsSite(kind: ErrorKind): boolean {
  const isOneFile = kind === "busy" || kind === "local-busy";
  return kind === "connection-lost" || (policyOf[kind].retry === "after-delay" && !isOneFile);
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
