import { describe, expect, test } from "vitest";
import type { EngineClient } from "../../shared/contract/contract.ts";
import { AppError } from "../../shared/errors/appError.ts";
import { exchangeIntents } from "./exchangeIntents.ts";

const never = new AbortController().signal;
const imported = { problem: null, added: 2, sites: 1, leftOut: [] };

/** An engine that answers by name and remembers what it was asked. */
function createScene(
  answers: Record<string, (input: never) => unknown>,
  pathOf: ((file: File) => string) | null = null,
) {
  const calls: [string, unknown][] = [];
  const sent: string[] = [];
  const call = async (name: string, input: never) => {
    calls.push([name, input]);
    return answers[name]?.(input);
  };
  const engine = { call } as unknown as EngineClient;
  const send = (async (address: string, request: RequestInit) => {
    sent.push(`${address} ${request.body instanceof File ? await request.body.text() : ""}`);
    return new Response(null, { status: 204 });
  }) as typeof fetch;
  const today = () => new Date("2026-11-21T12:00:00Z");
  return { calls, sent, intents: exchangeIntents({ engine, send, pathOf, today }) };
}

const staging = {
  "staging.open": () => ({ dropId: "drop 1" }),
  "staging.close": () => ({ sources: [{ path: "/staged/queue" }] }),
  "staging.abandon": () => ({}),
};

describe("exporting", () => {
  test("asks for piece after piece and puts them together in one file", async () => {
    const pieces = [
      { text: "one\n", next: { siteNo: 0, after: 500, transfers: 2 }, transfers: 2, leftOut: 1 },
      { text: "two\n", next: null, transfers: 3, leftOut: 0 },
    ];
    const { intents, calls } = createScene({ "exchange.export": () => pieces.shift() });
    const file = await intents.exportQueue("portside", "failed", never);
    expect(await file.bytes.text()).toBe("one\ntwo\n");
    expect(file).toMatchObject({ name: "portside-queue-2026-11-21.jsonl", transfers: 5, leftOut: 1 });
    expect(calls).toEqual([
      ["exchange.export", { format: "portside", filter: "failed", from: null }],
      ["exchange.export", { format: "portside", filter: "failed", from: { siteNo: 0, after: 500, transfers: 2 } }],
    ]);
  });
});

describe("importing", () => {
  const file = new File(["a queue"], "queue.xml");

  test("on the desktop names the file by its path", async () => {
    const { intents, calls, sent } = createScene({ "exchange.import": () => imported }, () => "/home/me/queue.xml");
    expect(await intents.importQueue(file, never)).toEqual(imported);
    expect(calls).toEqual([["exchange.import", { path: "/home/me/queue.xml" }]]);
    expect(sent).toEqual([]);
  });

  test("in a browser stages its bytes, and leaves nothing there", async () => {
    const { intents, calls, sent } = createScene({ ...staging, "exchange.import": () => imported });
    expect(await intents.importQueue(file, never)).toEqual(imported);
    expect(sent).toEqual(["/drop?drop=drop%201&path=queue a queue"]);
    expect(calls.map(([name]) => name)).toEqual([
      "staging.open",
      "staging.close",
      "exchange.import",
      "staging.abandon",
    ]);
    expect(calls).toContainEqual(["exchange.import", { path: "/staged/queue" }]);
  });

  test("that fails leaves nothing there either", async () => {
    const { intents, calls } = createScene({
      ...staging,
      "exchange.import": () => {
        throw new AppError("local-full", "The disk is full");
      },
    });
    await expect(intents.importQueue(file, never)).rejects.toMatchObject({ kind: "local-full" });
    expect(calls.at(-1)).toEqual(["staging.abandon", { dropId: "drop 1" }]);
  });
});
