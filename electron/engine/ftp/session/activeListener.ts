import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Clock } from "../../ports.ts";
import type { PortRange } from "../../sessions/remoteSession.ts";
import { plainAddress } from "./dataAddress.ts";
import { untilAborted, within } from "./waiting.ts";

/** A port that waits for one data connection of one server. */
export type ActiveListener = {
  readonly port: number;
  /** The connection, not read from yet. Rejects with `data-connection-failed` when none comes in time, or with `cancelled`. */
  readonly accept: (signal: AbortSignal) => Promise<Socket>;
  /** Stops listening and destroys what came. */
  readonly close: () => void;
};

export type ListenOptions = {
  /** Our own end of the control connection: no other network interface is opened. */
  readonly localAddress: string;
  /** The only host that may connect: the other end of the control connection. */
  readonly peer: string;
  /** null: any free port. */
  readonly ports: PortRange | null;
  readonly timeoutMs: number;
  readonly clock: Clock;
};

/** Listens for the data connection of PORT or EPRT. Rejects with `data-connection-failed` when no port of the range is free. */
export async function openActiveListener(options: ListenOptions): Promise<ActiveListener> {
  const { peer, timeoutMs, clock } = options;
  const server = createServer({ pauseOnConnect: true, noDelay: true, keepAlive: true });
  const port = await listenOnFreePort(server, options);
  const arrived = Promise.withResolvers<Socket>();
  arrived.promise.catch(() => {}); // closed before anybody has asked
  let arrival: Socket | null = null;

  server.on("error", arrived.reject);
  server.on("connection", (socket) => {
    socket.on("error", () => {}); // who reads it listens too
    // A stranger who is quicker than the server would get the file, or give us his.
    if (arrival !== null || plainAddress(socket.remoteAddress ?? "") !== peer) {
      socket.destroy();
      return;
    }
    arrival = socket;
    server.close();
    arrived.resolve(socket);
  });

  return {
    port,
    accept: async (signal) => {
      const socket = await untilAborted(within(arrived.promise, timeoutMs, clock), signal);
      if (socket === null) {
        throw new AppError("data-connection-failed", `The server has not connected to us within ${timeoutMs / 1000} s`);
      }
      return socket;
    },
    close: () => {
      server.close();
      arrival?.destroy();
      arrived.reject(new AppError("data-connection-failed", "No longer waiting for the server to connect"));
    },
  };
}

async function listenOnFreePort(server: Server, { localAddress, ports }: ListenOptions): Promise<number> {
  let failure: unknown = null;
  for (const port of candidates(ports)) {
    try {
      server.listen({ host: localAddress, port, exclusive: true });
      await once(server, "listening");
      const address = server.address();
      if (address !== null && typeof address === "object") return address.port;
    } catch (error) {
      failure = error; // in use, most likely by another transfer
    }
  }
  const where = ports === null ? "" : ` from ${ports.first} to ${ports.last}`;
  throw new AppError("data-connection-failed", `No port${where} can be opened for the server to connect to`, {
    cause: failure,
  });
}

/** The range from a random place on: the port of the last connection may be in use for a minute after its end (TIME_WAIT). */
function* candidates(ports: PortRange | null): Generator<number> {
  if (ports === null) return yield 0;
  const count = Math.max(1, ports.last - ports.first + 1);
  const start = randomInt(count);
  for (let step = 0; step < count; step++) yield ports.first + ((start + step) % count);
}
