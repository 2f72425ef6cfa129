import type { Transfer, TransferState } from "../../../shared/models/transfer.ts";

/** What a user can do to a transfer. "answer" shows what the server said. */
export type TransferAction = "pause" | "resume" | "cancel" | "retry" | "remove" | "answer";

const actionsOf = {
  planned: [],
  queued: ["pause", "cancel"],
  running: ["pause", "cancel"],
  backoff: ["pause", "cancel"],
  waiting: ["cancel"],
  paused: ["resume", "cancel"],
  failed: ["retry", "answer", "remove"],
  done: ["remove"],
  cancelled: ["retry", "remove"],
} as const satisfies Record<TransferState, readonly TransferAction[]>;

/** The actions that make sense for a transfer as it stands, the likeliest first. */
export function actionsFor({ state }: Pick<Transfer, "state">): readonly TransferAction[] {
  return actionsOf[state];
}
