import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { MessageChannel } from "node:worker_threads";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import * as z from "zod/mini";
import { command, type Handlers, stream } from "../contract/define.ts";
import { AppError } from "../errors/appError.ts";
import { connect } from "./connect.ts";
import type { Port } from "./frame.ts";
import { createMemoryPorts } from "./memoryPort.ts";
import { type EmitterMessagePort, type EventTargetMessagePort, portOverMessagePort } from "./messagePort.ts";
import { type ServeOptions, serve } from "./serve.ts";
import { portOverWebSocket } from "./webSocketPort.ts";

const contract = {
  add: command(z.object({ a: z.number(), b: z.number() }), z.object({ sum: z.number() })),
  wait: command(z.object({}), z.object({})),
  throwNow: command(z.object({}), z.object({})),
  refuse: command(z.object({}), z.object({})),
  lie: command(z.object({}), z.object({ sum: z.number() })),
  count: stream(z.object({ upTo: z.int() }), z.object({ value: z.number() })),
  breakAtOnce: stream(z.object({}), z.object({})),
} as const;

/** What the engine's side saw, so that a test can wait for it. */
function createHandlers() {
  const seen: string[] = [];
  const watchers: (() => void)[] = [];
  const note = (what: string): void => {
    seen.push(what);
    for (const look of watchers) look();
  };
  const saw = (what: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => (seen.includes(what) ? resolve() : undefined);
      watchers.push(look);
      look();
    });
  let emitLater: (value: number) => void = () => {};
  const handlers: Handlers<typeof contract> = {
    add: async ({ a, b }) => ({ sum: a + b }),
    wait: (_input, signal) =>
      new Promise((_resolve, reject) => {
        note("waiting");
        signal.addEventListener("abort", () => {
          note("aborted");
          reject(new AppError("cancelled", "stopped"));
        });
      }),
    throwNow: () => {
      throw new TypeError("handler bug");
    },
    refuse: async () => {
      throw new AppError("permission-denied", "no", {
        reply: { code: 550, text: "Keep out" },
        command: "DELE x",
        path: "/x",
        cause: new Error("stays behind"),
      });
    },
    lie: async () => JSON.parse('{"sum":"three"}'),
    count: ({ upTo }, emit) => {
      for (let value = 0; value < upTo; value++) emit({ value });
      emitLater = (value) => emit({ value });
      return () => note("stream ended");
    },
    breakAtOnce: () => {
      throw new AppError("not-found", "nothing to watch");
    },
  };
  return { handlers, saw, emitLater: (value: number) => emitLater(value) };
}

type Transport = { readonly name: string; readonly open: () => Promise<readonly [Port, Port]> };

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

const transports: readonly Transport[] = [
  { name: "memory", open: async () => createMemoryPorts() },
  {
    name: "MessagePort (Node's face)",
    open: async () => {
      const { port1, port2 } = new MessageChannel();
      return [portOverMessagePort(port1), portOverMessagePort(port2)];
    },
  },
  {
    name: "MessagePort (Chromium's face, which never tells of a close)",
    open: async () => {
      const { port1, port2 } = new MessageChannel();
      const silent = (port: typeof port1): EventTargetMessagePort => ({
        postMessage: (message) => port.postMessage(message),
        start: () => port.start(),
        close: () => port.close(),
        addEventListener: (type, listener) => type === "message" && port.addEventListener(type, listener),
      });
      return [portOverMessagePort(silent(port1)), portOverMessagePort(silent(port2))];
    },
  },
  {
    name: "MessagePort (Electron's main process face)",
    open: async () => {
      const { port1, port2 } = new MessageChannel();
      const main: EmitterMessagePort = {
        postMessage: (message) => port2.postMessage(message),
        start: () => port2.start(),
        close: () => port2.close(),
        on: (type: "message" | "close", listener: (event: { data: unknown }) => void) =>
          type === "message"
            ? port2.on("message", (data) => listener({ data }))
            : port2.on("close", () => listener({ data: undefined })),
      };
      return [portOverMessagePort(port1), portOverMessagePort(main)];
    },
  },
  {
    name: "WebSocket",
    open: async () => {
      const http = createServer();
      const server = new WebSocketServer({ server: http, perMessageDeflate: false });
      http.listen(0, "127.0.0.1");
      await once(http, "listening");
      const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
      cleanups.push(() => {
        socket.terminate();
        for (const client of server.clients) client.terminate();
        server.close();
        http.close();
      });
      const near = portOverWebSocket(socket); // before it is open: what is sent now waits
      const [accepted] = await once(server, "connection");
      return [near, portOverWebSocket(accepted)];
    },
  },
];

describe.each(transports)("the API over $name", ({ open }) => {
  async function start(options?: ServeOptions) {
    const [near, far] = await open();
    const engine = createHandlers();
    const stopServing = serve(far, contract, engine.handlers, options);
    const client = connect(near, contract);
    cleanups.push(() => client.close());
    return { client, engine, near, far, stopServing };
  }

  test("answers a call", async () => {
    const { client } = await start();
    expect(await client.call("add", { a: 2, b: 40 })).toEqual({ sum: 42 });
  });

  test("answers many calls at once, each to its own caller", async () => {
    const { client } = await start();
    const sums = await Promise.all(Array.from({ length: 200 }, (_, a) => client.call("add", { a, b: 1 })));
    expect(sums.map(({ sum }) => sum)).toEqual(Array.from({ length: 200 }, (_, a) => a + 1));
  });

  test("refuses a bad input with a sentence that names the field, and goes on", async () => {
    const { client } = await start();
    const bad = client.call("add", JSON.parse('{"a":"2","b":1}'));
    await expect(bad).rejects.toMatchObject({
      kind: "invalid-input",
      message: '"add" cannot take this: a: invalid type.',
    });
    expect(await client.call("add", { a: 1, b: 1 })).toEqual({ sum: 2 });
  });

  test.each(["__proto__", "constructor", "toString", "nothing.like.it", ""])(
    "knows no command called %j",
    async (name) => {
      const { near } = await start();
      expect(await answerTo(near, { type: "call", id: 1, name, input: {} })).toMatchObject({
        type: "fail",
        id: 1,
        error: { kind: "invalid-input", message: `There is no command called "${name}".` },
      });
    },
  );

  test("does not call a stream nor open a command", async () => {
    const { near } = await start();
    expect(await answerTo(near, { type: "call", id: 1, name: "count", input: { upTo: 1 } })).toMatchObject({
      type: "fail",
    });
    expect(await answerTo(near, { type: "open", id: 2, name: "add", input: { a: 1, b: 2 } })).toMatchObject({
      type: "fail",
    });
  });

  test("answers a frame it does not understand, when it has an id", async () => {
    const { near } = await start();
    const frame = JSON.parse('{"type":"dance","id":7}');
    expect(await answerTo(near, frame)).toMatchObject({ type: "fail", id: 7, error: { kind: "invalid-input" } });
  });

  test("survives frames without any sense", async () => {
    const { client, near } = await start();
    for (const text of ["null", "1", '"x"', "[]", "{}", '{"type":"stop","id":"a"}', '{"type":"stop","id":99}'])
      near.send(JSON.parse(text));
    expect(await client.call("add", { a: 1, b: 1 })).toEqual({ sum: 2 });
  });

  test("a handler that throws fails its own call only, and is reported", async () => {
    const reports: unknown[] = [];
    const { client } = await start({ onInternalError: (name, thrown) => reports.push([name, String(thrown)]) });
    await expect(client.call("throwNow", {})).rejects.toMatchObject({ kind: "internal", message: "handler bug" });
    expect(reports).toEqual([["throwNow", "TypeError: handler bug"]]);
    expect(await client.call("add", { a: 1, b: 1 })).toEqual({ sum: 2 });
  });

  test("carries an error's kind, reply, command and path, and leaves its cause behind", async () => {
    const { client } = await start();
    const thrown = await client.call("refuse", {}).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({
      kind: "permission-denied",
      reply: { code: 550, text: "Keep out" },
      command: "DELE x",
      path: "/x",
    });
    expect(JSON.stringify(thrown)).not.toContain("stays behind");
  });

  test("an answer the contract forbids is our fault, when answers are checked", async () => {
    const { client } = await start({ checksOutput: true });
    await expect(client.call("lie", {})).rejects.toMatchObject({ kind: "internal" });
  });

  test("a cancelled call rejects at once and its handler is told", async () => {
    const { client, engine } = await start();
    const controller = new AbortController();
    const waiting = client.call("wait", {}, controller.signal);
    await engine.saw("waiting");
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ kind: "cancelled" });
    await engine.saw("aborted");
  });

  test("a call cancelled before it begins is never sent", async () => {
    const { client } = await start();
    const call = client.call("add", { a: 1, b: 1 }, AbortSignal.abort());
    await expect(call).rejects.toMatchObject({ kind: "cancelled" });
  });

  test("a stream begins with its snapshot, brings news in order, and ends when stopped", async () => {
    const { client, engine } = await start();
    const items: number[] = [];
    const stop = client.open("count", { upTo: 3 }, ({ value }) => items.push(value));
    await expect.poll(() => items).toEqual([0, 1, 2]);
    engine.emitLater(7);
    await expect.poll(() => items).toEqual([0, 1, 2, 7]);
    stop();
    await engine.saw("stream ended");
    engine.emitLater(8); // nobody listens any more
    await client.call("add", { a: 1, b: 1 });
    expect(items).toEqual([0, 1, 2, 7]);
  });

  test("a stream that cannot begin fails with its reason", async () => {
    const { client } = await start();
    const reason = await new Promise<Error>((resolve) => client.open("breakAtOnce", {}, () => {}, resolve));
    expect(reason).toMatchObject({ kind: "not-found" });
    const bad = await new Promise<Error>((resolve) => client.open("count", { upTo: 1.5 }, () => {}, resolve));
    expect(bad).toMatchObject({ kind: "invalid-input" });
  });

  test("a wrong item ends its stream and not the one who told it", async () => {
    const { client, engine } = await start({ checksOutput: true });
    const failed = new Promise<Error>((resolve) => client.open("count", { upTo: 1 }, () => {}, resolve));
    await client.call("add", { a: 1, b: 1 });
    expect(() => engine.emitLater(JSON.parse('"seven"'))).not.toThrow();
    expect(await failed).toMatchObject({ kind: "internal" });
    await engine.saw("stream ended");
  });

  test("when the window goes, its calls are cancelled and its streams end", async () => {
    const { client, engine } = await start();
    client.open("count", { upTo: 1 }, () => {});
    client.call("wait", {}).catch(() => {});
    await engine.saw("waiting");
    client.close();
    await Promise.all([engine.saw("aborted"), engine.saw("stream ended")]);
  });

  test("when the engine goes, calls and streams fail with connection-lost, also those begun later", async () => {
    const { client, engine, far } = await start();
    const failed = new Promise<Error>((resolve) => client.open("count", { upTo: 1 }, () => {}, resolve));
    const waiting = client.call("wait", {});
    await engine.saw("waiting");
    far.close();
    await expect(waiting).rejects.toMatchObject({ kind: "connection-lost" });
    expect(await failed).toMatchObject({ kind: "connection-lost" });
    await expect(client.call("add", { a: 1, b: 1 })).rejects.toMatchObject({ kind: "connection-lost" });
    const late = await new Promise<Error>((resolve) => client.open("count", { upTo: 1 }, () => {}, resolve));
    expect(late).toMatchObject({ kind: "connection-lost" });
  });

  test("a server that stops serving ends what runs and answers nothing more", async () => {
    const { client, engine, stopServing } = await start();
    client.open("count", { upTo: 1 }, () => {});
    client.call("wait", {}).catch(() => {});
    await engine.saw("waiting");
    stopServing();
    await Promise.all([engine.saw("aborted"), engine.saw("stream ended")]);
    const raced = await Promise.race([client.call("add", { a: 1, b: 1 }).catch(() => "closed"), pause(50)]);
    expect(raced).toBe("silence");
  });

  test("hangs up on a caller that uses a living id again", async () => {
    const { near, engine } = await start();
    const closed = new Promise<void>((resolve) => near.onClose(resolve));
    near.send({ type: "call", id: 1, name: "wait", input: {} });
    near.send({ type: "call", id: 1, name: "wait", input: {} });
    await closed;
    await engine.saw("aborted");
  });

  test("carries a listing of 100,000 names", async () => {
    const [near, far] = await open();
    const names = Array.from({ length: 100_000 }, (_, row) => `file-${row}.txt`);
    const big = { list: command(z.object({}), z.object({ names: z.array(z.string()) })) } as const;
    serve(far, big, { list: async () => ({ names }) });
    const client = connect(near, big);
    cleanups.push(() => client.close());
    expect((await client.call("list", {})).names).toEqual(names);
  });
});

test("an answer that cannot be carried fails its call and is reported", async () => {
  const [near, far] = createMemoryPorts();
  const reports: string[] = [];
  const handlers = { ...createHandlers().handlers, add: async () => ({ sum: JSON.parse("1"), extra: 1n }) };
  serve(far, contract, handlers, { onInternalError: (name) => reports.push(name) });
  await expect(connect(near, contract).call("add", { a: 1, b: 1 })).rejects.toMatchObject({ kind: "internal" });
  expect(reports).toEqual(["add"]);
});

test("a WebSocket peer that does not speak JSON is hung up on", async () => {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  cleanups.push(() => {
    server.close();
    http.close();
  });
  server.on("connection", (socket) => socket.send("not json"));
  const port = portOverWebSocket(new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`));
  const frames: unknown[] = [];
  port.onFrame((frame) => frames.push(frame));
  await new Promise<void>((resolve) => port.onClose(resolve));
  expect(frames).toEqual([]);
});

function answerTo(port: Port, frame: Parameters<Port["send"]>[0]): Promise<unknown> {
  return new Promise((resolve) => {
    const forget = port.onFrame((answer) => {
      forget();
      resolve(answer);
    });
    port.send(frame);
  });
}

function pause(delayMs: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve("silence"), delayMs));
}
