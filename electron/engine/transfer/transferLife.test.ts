import { describe, expect, test } from "vitest";
import { type TransferState, transferStateSchema } from "../../../shared/models/transfer.ts";
import { type TransferEvent, transferEvents, transition } from "./transferLife.ts";

/** Written out by hand, state by state, so that the table in the source is checked against a second reading. */
const allowed: Record<TransferState, Partial<Record<TransferEvent, TransferState>>> = {
  planned: { start: "queued", skip: "done", cancel: "cancelled" },
  queued: { claim: "running", giveUp: "failed", pause: "paused", cancel: "cancelled" },
  running: {
    ask: "waiting",
    succeed: "done",
    skip: "done",
    backOff: "backoff",
    giveUp: "failed",
    pause: "paused",
    cancel: "cancelled",
    interrupt: "queued",
  },
  waiting: { answer: "queued", skip: "done", pause: "paused", cancel: "cancelled", interrupt: "queued" },
  backoff: { due: "queued", pause: "paused", cancel: "cancelled", interrupt: "queued" },
  paused: { succeed: "done", resume: "queued", cancel: "cancelled" },
  done: {},
  failed: { retry: "queued" },
  cancelled: { retry: "queued" },
};

describe("the life of a transfer", () => {
  const pairs = transferStateSchema.options.flatMap((state) => transferEvents.map((event) => [state, event] as const));

  test.each(pairs)("%s, %s", (state, event) => {
    expect(transition(state, event)).toBe(allowed[state][event] ?? null);
  });

  test("every state but the ended ones can be left, and every one can be reached from a plan", () => {
    const reached = new Set<TransferState>(["planned"]);
    for (const state of reached) {
      for (const event of transferEvents) {
        const next = transition(state, event);
        if (next !== null) reached.add(next);
      }
    }
    expect([...reached].sort()).toEqual([...transferStateSchema.options].sort());
  });
});
