import { describe, expect, test } from "vitest";
import { errorKinds } from "../../../../shared/errors/errorKind.ts";
import { isRetryable } from "../../../../shared/errors/policy.ts";
import { concernsWholeSite, decideRetry, restsSite } from "./retryPolicy.ts";

const settings = { phase: "work", previousKind: null, maxRetries: 2, retryDelayMs: 5_000 } as const;

describe("after a failed try", () => {
  test("two more follow five seconds apart, then the transfer fails", () => {
    const lost = { kind: "connection-lost", movedBytes: false, ...settings } as const;
    expect(decideRetry({ ...lost, attempts: 0 })).toEqual({ do: "try-again", attempts: 1, delayMs: 5_000 });
    expect(decideRetry({ ...lost, attempts: 1 })).toEqual({ do: "try-again", attempts: 2, delayMs: 5_000 });
    expect(decideRetry({ ...lost, attempts: 2 })).toEqual({ do: "give-up", attempts: 3 });
  });

  test("a try that moved bytes begins the count again", () => {
    expect(decideRetry({ kind: "connection-lost", attempts: 2, movedBytes: true, ...settings })).toEqual({
      do: "try-again",
      attempts: 1,
      delayMs: 5_000,
    });
  });

  test("no retries wanted, none made", () => {
    const noRetries = { ...settings, maxRetries: 0 };
    expect(decideRetry({ kind: "busy", attempts: 0, movedBytes: true, ...noRetries }).do).toBe("give-up");
  });

  test("a line that broke is followed by one more even then, which tells the network from the transfer", () => {
    const lost = { kind: "connection-lost", movedBytes: false, ...settings, maxRetries: 0 } as const;
    expect([0, 1].map((attempts) => decideRetry({ ...lost, attempts }).do)).toEqual(["try-again", "give-up"]);
  });

  test("what proves to be wrong is moved once more, however many bytes came, and then shown", () => {
    const wrong = { kind: "verification-failed", attempts: 1, movedBytes: true, ...settings } as const;
    expect(decideRetry({ ...wrong, previousKind: "connection-lost" }).do).toBe("try-again");
    expect(decideRetry({ ...wrong, previousKind: "verification-failed" }).do).toBe("give-up");
  });

  test.each(errorKinds)("%s is tried again exactly when the policy table says so", (kind) => {
    const decision = decideRetry({ kind, attempts: 0, movedBytes: false, ...settings });
    expect(decision.do === "try-again").toBe(isRetryable(kind));
  });
});

describe("a site that cannot be reached", () => {
  test.each(errorKinds.filter(restsSite))("%s before the first command counts against no transfer", (kind) => {
    const failed = { kind, movedBytes: false, ...settings, attempts: 99, phase: "lease" } as const;
    expect(decideRetry(failed)).toEqual({ do: "wait-for-site", attempts: 0 });
  });

  test("what only the user can mend stops every transfer of the site", () => {
    expect(errorKinds.filter(concernsWholeSite)).toEqual([
      "proxy-login-rejected",
      "certificate-untrusted",
      "encryption-refused",
      "login-rejected",
      "account-required",
      "cancelled",
    ]);
  });

  test("what time mends lets the site rest", () => {
    expect(errorKinds.filter(restsSite)).toEqual([
      "host-not-found",
      "connection-refused",
      "connection-timeout",
      "connection-lost",
      "proxy-failed",
      "too-many-connections",
      "service-unavailable",
    ]);
  });
});
