import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { type ConnectionEvent, type ConnectionLife, reconnectDelayMs, transition } from "./connectionLife.ts";

const lost = new AppError("connection-lost", "lost");
const refused = new AppError("login-rejected", "refused");

const lives: Record<string, ConnectionLife> = {
  connecting: { state: "connecting" },
  connected: { state: "connected" },
  reconnecting: { state: "reconnecting", attempt: 2, error: lost },
  failed: { state: "failed", error: lost },
  closed: { state: "closed" },
};
const events: Record<string, ConnectionEvent> = {
  opened: { type: "opened" },
  "open-failed, worth another try": { type: "open-failed", error: lost },
  "open-failed for good": { type: "open-failed", error: refused },
  lost: { type: "lost", error: lost },
  reconnect: { type: "reconnect" },
  close: { type: "close" },
};

const failedLost: ConnectionLife = { state: "failed", error: lost };
const failedRefused: ConnectionLife = { state: "failed", error: refused };
const { connecting, connected, closed } = {
  connecting: { state: "connecting" },
  connected: { state: "connected" },
  closed: { state: "closed" },
} as const;

/** Every pair; null: the event has no meaning there. */
const table: Record<string, (ConnectionLife | null)[]> = {
  //             opened,    again,      for good,      lost, reconnect, close
  connecting: [connected, failedLost, failedRefused, null, connecting, closed],
  connected: [null, null, null, { state: "reconnecting", attempt: 1, error: lost }, connecting, closed],
  reconnecting: [
    connected,
    { state: "reconnecting", attempt: 3, error: lost },
    failedRefused,
    null,
    connecting,
    closed,
  ],
  failed: [null, null, null, null, connecting, closed],
  closed: [null, null, null, null, null, null],
};

describe.each(Object.entries(lives))("%s", (state, life) => {
  test.each(Object.entries(events).map(([name, event], index) => [name, event, table[state]?.[index]] as const))(
    "%s",
    (_, event, next) => {
      expect(transition(life, event)).toEqual(next);
    },
  );
});

test("the first try after a loss comes at once, later ones with growing patience", () => {
  expect([1, 2, 3, 4, 5, 50].map(reconnectDelayMs)).toEqual([0, 1_000, 2_000, 5_000, 10_000, 10_000]);
});
