import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { Refusal } from "./reply.ts";

/** One passive port, for one data connection. */
export type PassiveListener = {
  readonly port: number;
  /** The data connection; rejects with 425 when none comes in time, and when the signal fires. The listener is closed afterwards. */
  readonly accept: (signal: AbortSignal) => Promise<Socket>;
  readonly close: () => void;
};

const acceptWithinMs = 15_000;

/** Listens on the address the client reached us at, and takes the first connection from the client's own address and no other. */
export async function openPassiveListener(address: string, peerAddress: string): Promise<PassiveListener> {
  const server = createServer({ allowHalfOpen: true });
  const arrived = Promise.withResolvers<Socket>();
  arrived.promise.catch(() => {}); // nobody may be waiting yet
  let isTaken = false;
  let unclaimed: Socket | null = null;
  server.on("connection", (socket) => {
    socket.on("error", () => {}); // whoever uses the socket hears of it by its streams
    if (isTaken || socket.remoteAddress !== peerAddress) {
      socket.destroy();
      return;
    }
    isTaken = true;
    unclaimed = socket;
    server.close();
    arrived.resolve(socket);
  });
  server.listen({ port: 0, host: address, backlog: 1 });
  await once(server, "listening");
  const listening = server.address();
  if (listening === null || typeof listening === "string") throw new Refusal(425, "No port is free.");

  const close = () => {
    server.close();
    unclaimed?.destroy();
    arrived.reject(new Refusal(425, "The passive port was closed."));
  };
  return {
    port: listening.port,
    accept: async (signal) => {
      const late = AbortSignal.any([signal, AbortSignal.timeout(acceptWithinMs)]);
      const giveUp = () => arrived.reject(new Refusal(425, "No data connection came."));
      if (late.aborted) giveUp();
      late.addEventListener("abort", giveUp, { once: true });
      try {
        const socket = await arrived.promise;
        unclaimed = null;
        return socket;
      } finally {
        late.removeEventListener("abort", giveUp);
        server.close();
      }
    },
    close,
  };
}
