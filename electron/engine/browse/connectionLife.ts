import { assertNever } from "../../../shared/assertNever.ts";
import type { AppError } from "../../../shared/errors/appError.ts";
import { isRetryable } from "../../../shared/errors/policy.ts";

/** The life of a browsing connection; it outlives its sessions. `closed` is final. */
export type ConnectionLife =
  | { readonly state: "connecting" }
  | { readonly state: "connected" }
  /** `attempt` counts from 1 for each loss. */
  | { readonly state: "reconnecting"; readonly attempt: number; readonly error: AppError }
  | { readonly state: "failed"; readonly error: AppError }
  | { readonly state: "closed" };

export type ConnectionEvent =
  | { readonly type: "opened" }
  | { readonly type: "open-failed"; readonly error: AppError }
  | { readonly type: "lost"; readonly error: AppError }
  /** The user asks to connect again. */
  | { readonly type: "reconnect" }
  | { readonly type: "close" };

/** What comes next; null where the event has no meaning (a session that was lost twice, news after the end). */
export function transition(life: ConnectionLife, event: ConnectionEvent): ConnectionLife | null {
  if (life.state === "closed") return null;
  switch (event.type) {
    case "opened":
      return isOpening(life) ? { state: "connected" } : null;
    case "open-failed":
      return isOpening(life) ? afterFailedOpen(life, event.error) : null;
    case "lost":
      return life.state === "connected" ? { state: "reconnecting", attempt: 1, error: event.error } : null;
    case "reconnect":
      return { state: "connecting" };
    case "close":
      return { state: "closed" };
    default:
      return assertNever(event);
  }
}

function isOpening(life: ConnectionLife): boolean {
  return life.state === "connecting" || life.state === "reconnecting";
}

/** A first try that fails is the user's to repeat; a connection that has worked is tried again where that can help. */
function afterFailedOpen(life: ConnectionLife, error: AppError): ConnectionLife {
  if (life.state !== "reconnecting" || !isRetryable(error.kind)) return { state: "failed", error };
  return { state: "reconnecting", attempt: life.attempt + 1, error };
}

/** How long to wait before the `attempt`-th try after a loss: at once, then with growing patience. */
export function reconnectDelayMs(attempt: number): number {
  const delays = [0, 1_000, 2_000, 5_000];
  return delays[attempt - 1] ?? 10_000;
}
