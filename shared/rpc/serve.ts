import * as z from "zod/mini";
import type { Command, Contract, Handlers, Stream } from "../contract/define.ts";
import { AppError, toWireError } from "../errors/appError.ts";
import { describeIssues } from "./describeIssues.ts";
import { type DownFrame, downFrameSchema, type Port, type UpFrame } from "./frame.ts";

export type ServeOptions = {
  /** Also check what handlers answer against the contract. Costs time on long listings: meant for tests and development. */
  readonly checksOutput?: boolean;
  /** Told of everything a handler throws that is not an AppError of another kind than `internal`. */
  readonly onInternalError?: (name: string, thrown: unknown) => void;
};

/**
 * Answers one port with the handlers of a contract until the port closes or the returned undo is called; both cancel every call
 * and end every stream. The only place where inputs are parsed: a bad one fails with `invalid-input` and never reaches a handler.
 * A `stop` cancels a call by its signal (nothing is answered any more) and ends a stream. A handler that throws fails its own
 * call only.
 */
export function serve<C extends Contract>(
  port: Port,
  contract: C,
  handlers: Handlers<C>,
  options: ServeOptions = {},
): () => void {
  /** What runs, by frame id; calling it stops it. */
  const running = new Map<number, () => void>();
  const find = createLookup(contract, handlers);

  function send(name: string, frame: UpFrame): void {
    try {
      port.send(frame);
    } catch (thrown) {
      // What a handler answered cannot be carried (a function, a BigInt): our mistake, not the caller's.
      stop(frame.id);
      fail(name, frame.id, new AppError("internal", `"${name}" answered what cannot be sent.`, { cause: thrown }));
    }
  }

  function stop(id: number): void {
    const end = running.get(id);
    running.delete(id);
    end?.();
  }

  function fail(name: string, id: number, thrown: unknown): void {
    const error = toWireError(thrown);
    if (error.kind === "internal") options.onInternalError?.(name, thrown);
    send(name, { type: "fail", id, error });
  }

  function runCall(id: number, name: string, input: unknown, entry: CommandEntry): void {
    const controller = new AbortController();
    running.set(id, () => controller.abort());
    const settle = (answer: () => void): void => {
      if (running.delete(id)) answer();
    };
    // The async wrapper also turns a handler's synchronous throw into a rejection.
    const work = async (): Promise<unknown> => {
      const output = await entry.handler(parseInput(name, entry.input, input), controller.signal);
      if (options.checksOutput) checkOutput(name, entry.output, output);
      return output;
    };
    work().then(
      (output) => settle(() => send(name, { type: "done", id, output })),
      (thrown: unknown) => settle(() => fail(name, id, thrown)),
    );
  }

  function runStream(id: number, name: string, input: unknown, entry: StreamEntry): void {
    let isEnded = false;
    let close: (() => void) | undefined;
    const end = (): void => {
      isEnded = true;
      close?.();
    };
    const emit = (item: unknown): void => {
      if (isEnded) return;
      try {
        if (options.checksOutput) checkOutput(name, entry.item, item);
        send(name, { type: "item", id, item });
      } catch (thrown) {
        stop(id); // news is told by many parts of the engine: a wrong item ends this stream, never the teller
        fail(name, id, thrown);
      }
    };
    running.set(id, end);
    try {
      close = entry.handler(parseInput(name, entry.input, input), emit);
      if (isEnded) close(); // the port closed while the snapshot was being sent
    } catch (thrown) {
      isEnded = true;
      if (running.delete(id)) fail(name, id, thrown);
    }
  }

  function receive(received: unknown): void {
    const parsed = downFrameSchema.safeParse(received);
    if (!parsed.success) {
      const id = idSchema.safeParse(received);
      if (id.success)
        fail("rpc", id.data.id, new AppError("invalid-input", "This is not a frame of the Portside API."));
      return;
    }
    const frame = parsed.data;
    if (frame.type === "stop") stop(frame.id);
    // Who uses a living id again has lost count; any answer would be taken for the first one's.
    else if (running.has(frame.id)) port.close();
    else start(frame);
  }

  function start(frame: Exclude<DownFrame, { type: "stop" }>): void {
    const entry = find(frame);
    if (entry === undefined) {
      const question = frame.type === "call" ? "command" : "stream";
      fail(frame.name, frame.id, new AppError("invalid-input", `There is no ${question} called "${frame.name}".`));
    } else if (entry.type === "command") runCall(frame.id, frame.name, frame.input, entry);
    else runStream(frame.id, frame.name, frame.input, entry);
  }

  function stopAll(): void {
    for (const id of [...running.keys()]) stop(id);
  }

  const stopListening = port.onFrame(receive);
  const forgetClose = port.onClose(stopAll);
  return () => {
    stopListening();
    forgetClose();
    stopAll();
  };
}

const idSchema = z.object({ id: z.int() });

type CommandEntry = Command & { readonly handler: (input: unknown, signal: AbortSignal) => Promise<unknown> };
type StreamEntry = Stream & { readonly handler: (input: unknown, emit: (item: unknown) => void) => () => void };

/** Finds what a frame names. Own properties only: "__proto__" and "constructor" are names like any other wrong one. */
function createLookup<C extends Contract>(contract: C, handlers: Handlers<C>) {
  // `Handlers<C>` has proved that each name of the contract has its handler; a name known at run time only cannot carry that proof.
  const byName = handlers as unknown as Readonly<Record<string, CommandEntry["handler"] & StreamEntry["handler"]>>;
  return (frame: { readonly type: "call" | "open"; readonly name: string }): CommandEntry | StreamEntry | undefined => {
    if (!Object.hasOwn(contract, frame.name)) return undefined;
    const entry = contract[frame.name];
    const handler = byName[frame.name];
    if (entry === undefined || handler === undefined) return undefined;
    if (entry.type === "command") return frame.type === "call" ? { ...entry, handler } : undefined;
    return frame.type === "open" ? { ...entry, handler } : undefined;
  };
}

function parseInput(name: string, schema: z.ZodMiniType, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid-input", `"${name}" cannot take this: ${describeIssues(parsed.error.issues)}.`);
}

function checkOutput(name: string, schema: z.ZodMiniType, output: unknown): void {
  const parsed = schema.safeParse(output);
  if (parsed.success) return;
  throw new AppError(
    "internal",
    `"${name}" answered what its contract forbids: ${describeIssues(parsed.error.issues)}.`,
  );
}
