import type { TransferState } from "../../../shared/models/transfer.ts";

export const transferEvents = [
  "start",
  "claim",
  "ask",
  "answer",
  "succeed",
  "skip",
  "backOff",
  "giveUp",
  "due",
  "pause",
  "resume",
  "cancel",
  "retry",
  "interrupt",
] as const;

/** What may happen to a transfer. `interrupt`: Portside ends, was killed, or the whole queue was stopped; it goes on from there. */
export type TransferEvent = (typeof transferEvents)[number];

/**
 * The life of a transfer as one table: an event leads from any of these states to exactly one, and is forbidden everywhere else.
 * Sets of rows change by the same table: `WHERE state IN (from)`.
 */
export const transferLife = {
  start: { from: ["planned"], to: "queued" },
  claim: { from: ["queued"], to: "running" },
  ask: { from: ["running"], to: "waiting" },
  answer: { from: ["waiting"], to: "queued" },
  succeed: { from: ["running", "paused"], to: "done" }, // paused: the last byte had landed when pause was pressed
  skip: { from: ["planned", "running", "waiting"], to: "done" },
  backOff: { from: ["running"], to: "backoff" },
  giveUp: { from: ["queued", "running"], to: "failed" },
  due: { from: ["backoff"], to: "queued" },
  pause: { from: ["queued", "running", "waiting", "backoff"], to: "paused" },
  resume: { from: ["paused"], to: "queued" },
  cancel: { from: ["planned", "queued", "running", "waiting", "backoff", "paused"], to: "cancelled" },
  retry: { from: ["failed", "cancelled"], to: "queued" },
  interrupt: { from: ["running", "waiting", "backoff"], to: "queued" },
} as const satisfies Record<TransferEvent, { readonly from: readonly TransferState[]; readonly to: TransferState }>;

/** The state after `event`, or null where the event is forbidden: whoever asks leaves the row as it is. */
export function transition(state: TransferState, event: TransferEvent): TransferState | null {
  const { from, to }: { readonly from: readonly TransferState[]; readonly to: TransferState } = transferLife[event];
  return from.includes(state) ? to : null;
}
