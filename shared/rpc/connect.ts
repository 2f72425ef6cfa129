import type { Client, Contract } from "../contract/define.ts";
import { AppError, fromWireError } from "../errors/appError.ts";
import { type Port, type UpFrame, upFrameSchema } from "./frame.ts";

/**
 * The caller's end of a contract. When the port closes, pending calls reject and open streams fail with `connection-lost`: whoever
 * opened them opens them again on a new port. A cancelled call rejects with `cancelled` at once, whatever the other side does.
 * `close` closes the port. The contract itself gives the types; answers are checked where they are made (serve's `checksOutput`).
 */
export function connect<C extends Contract>(port: Port, _contract: C): Client<C> {
  const calls = new Map<number, PendingCall>();
  const streams = new Map<number, OpenStream>();
  let lastId = 0;
  let isLost = false;

  port.onFrame((received) => {
    const parsed = upFrameSchema.safeParse(received);
    if (parsed.success) receive(parsed.data);
  });
  port.onClose(() => {
    isLost = true;
    const lost = [...calls.values(), ...streams.values()];
    calls.clear();
    streams.clear();
    for (const { fail } of lost) fail(connectionLost());
  });

  function receive(frame: UpFrame): void {
    if (frame.type === "item") {
      streams.get(frame.id)?.take(frame.item);
      return;
    }
    const waiting = calls.get(frame.id) ?? streams.get(frame.id);
    const call = calls.get(frame.id);
    calls.delete(frame.id);
    streams.delete(frame.id);
    if (frame.type === "done") call?.take(frame.output);
    else waiting?.fail(fromWireError(frame.error));
  }

  return {
    call: (name, input, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(cancelled(name));
        if (isLost) return reject(connectionLost());
        const id = ++lastId;
        const cancel = (): void => {
          if (!calls.delete(id)) return;
          port.send({ type: "stop", id });
          reject(cancelled(name));
        };
        const settle = <T>(answer: (value: T) => void): ((value: T) => void) => {
          return (value) => {
            signal?.removeEventListener("abort", cancel);
            answer(value);
          };
        };
        signal?.addEventListener("abort", cancel, { once: true });
        // Both ends are built from the same contract, and the server parses its answers under test.
        calls.set(id, { take: settle(resolve as (output: unknown) => void), fail: settle(reject) });
        port.send({ type: "call", id, name, input });
      }),

    open: (name, input, onItem, onFail) => {
      const id = ++lastId;
      let isOpen = true;
      const fail = (error: AppError): void => {
        if (!isOpen) return;
        isOpen = false;
        onFail?.(error);
      };
      if (isLost) {
        // Later, like any other failure: the caller does not hold the end of the stream yet.
        void Promise.resolve().then(() => fail(connectionLost()));
      } else {
        streams.set(id, { take: onItem as (item: unknown) => void, fail });
        port.send({ type: "open", id, name, input });
      }
      return () => {
        isOpen = false;
        if (streams.delete(id)) port.send({ type: "stop", id });
      };
    },

    close: () => port.close(),
  };
}

type PendingCall = { readonly take: (output: unknown) => void; readonly fail: (error: AppError) => void };
type OpenStream = { readonly take: (item: unknown) => void; readonly fail: (error: AppError) => void };

function connectionLost(): AppError {
  return new AppError("connection-lost", "The connection between this window and Portside's engine is lost.");
}

function cancelled(name: string): AppError {
  return new AppError("cancelled", `"${name}" was cancelled.`);
}
