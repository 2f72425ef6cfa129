import { contract, type EngineClient } from "../../shared/contract/contract.ts";
import type { StreamName } from "../../shared/contract/define.ts";
import { AppError, toAppError } from "../../shared/errors/appError.ts";
import { connect } from "../../shared/rpc/connect.ts";
import type { Port } from "../../shared/rpc/frame.ts";

export type LinkState = "connecting" | "connected" | "lost";

export type LinkParts = {
  /** Opens a transport; rejects when there is nobody at the other end. */
  readonly dial: () => Promise<Port>;
  readonly wait: (delayMs: number) => Promise<void>;
  readonly onState: (state: LinkState) => void;
};

const firstDelayMs = 250;
const longestDelayMs = 5_000;

/**
 * A client that outlives its transports: when one is lost it dials again with growing pauses, and opens every stream afresh (each
 * begins with a snapshot). Calls made meanwhile wait; calls under way when the transport went reject with `connection-lost`,
 * since nobody knows whether they were done.
 */
export function keepConnected({ dial, wait, onState }: LinkParts): EngineClient {
  const streams = new Set<LastingStream>();
  const waiting = new Set<(client: EngineClient) => void>();
  let current: EngineClient | null = null;
  let isClosed = false;

  async function keepDialling(): Promise<void> {
    let delayMs = firstDelayMs;
    onState("connecting");
    while (!isClosed) {
      const port = await dial().catch(() => null);
      if (port !== null) {
        delayMs = firstDelayMs;
        await stayUntilLost(port);
      }
      if (isClosed) return;
      onState("lost");
      await wait(delayMs);
      delayMs = Math.min(longestDelayMs, delayMs * 2);
    }
  }

  async function stayUntilLost(port: Port): Promise<void> {
    const client = connect(port, contract);
    current = client;
    if (isClosed) return client.close();
    const lost = new Promise<void>((resolve) => port.onClose(resolve));
    onState("connected");
    for (const stream of streams) stream.openOn(client);
    for (const proceed of [...waiting]) proceed(client);
    await lost;
    current = null;
  }

  void keepDialling();

  return {
    call: async (name, input, signal) => (current ?? (await nextClient(signal))).call(name, input, signal),
    open: (name, input, onItem, onFail) => {
      const stream: LastingStream = {
        stop: () => {},
        openOn: (client) => {
          stream.stop = client.open(
            name as StreamName<typeof contract>,
            input,
            onItem as (item: unknown) => void,
            (error) => {
              if (toAppError(error).kind === "connection-lost") return; // opened again with the next transport
              streams.delete(stream);
              onFail?.(error);
            },
          );
        },
      };
      streams.add(stream);
      if (current) stream.openOn(current);
      return () => {
        streams.delete(stream);
        stream.stop();
      };
    },
    close: () => {
      isClosed = true;
      current?.close();
    },
  };

  function nextClient(signal: AbortSignal | undefined): Promise<EngineClient> {
    return new Promise((resolve, reject) => {
      const proceed = (client: EngineClient): void => {
        waiting.delete(proceed);
        signal?.removeEventListener("abort", giveUp);
        resolve(client);
      };
      const giveUp = (): void => {
        waiting.delete(proceed);
        reject(new AppError("cancelled", "Cancelled before the engine was reached."));
      };
      if (signal?.aborted) return giveUp();
      signal?.addEventListener("abort", giveUp, { once: true });
      waiting.add(proceed);
    });
  }
}

type LastingStream = { stop: () => void; readonly openOn: (client: EngineClient) => void };
