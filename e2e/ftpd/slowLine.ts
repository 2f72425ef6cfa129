import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join as joinPath } from "node:path";
import type { PortRange } from "./freePorts.ts";

/** How a line differs from loopback. */
export type LineQuality = {
  readonly roundTripMs: number;
  /** Of each connection, in each direction; null: as fast as it goes. */
  readonly bytesPerSecond: number | null;
};

export type SlowLine = {
  /** The address that stands for the server; its ports are the server's own, so EPSV needs no rewriting (PASV would lead past the line). */
  readonly host: string;
  readonly port: number;
  readonly close: () => Promise<void>;
};

export type LineEnd = { readonly host: string; readonly port: number; readonly passive: PortRange };

/** All of 127.0.0.0/8 is loopback; only Linux answers on every address of it without being told. */
const lineAddress = "127.0.0.2";

/** A long line to a server: what travels on it arrives half a round trip later, connections take their handshake, bytes their time. */
export async function openSlowLine(server: LineEnd, quality: LineQuality): Promise<SlowLine> {
  const { first, last } = server.passive;
  const ports = [server.port, ...Array.from({ length: last - first + 1 }, (_, step) => first + step)];
  const open = new Set<Socket>();
  const listeners = await Promise.all(ports.map((port) => listen(port, { host: server.host, port }, quality, open)));
  return {
    host: lineAddress,
    port: server.port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
    },
  };
}

/** The same line in a process of its own: what carries the bytes must not share its turns with the client that is measured. */
export async function openSlowLineApart(
  { host, port, passive }: LineEnd,
  { roundTripMs, bytesPerSecond }: LineQuality,
): Promise<SlowLine> {
  const program = joinPath(import.meta.dirname, "slowLineProcess.ts");
  const argument = JSON.stringify({ server: { host, port, passive }, quality: { roundTripMs, bytesPerSecond } });
  const child = spawn(process.execPath, [program, argument], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const failed = ended.then(() => Promise.reject(new Error("The slow line could not be laid.")));
  failed.catch(() => {}); // it ends when it is no longer needed, too
  await Promise.race([once(child.stdout, "data"), failed]);
  const close = async () => {
    child.stdin.end();
    await ended;
  };
  return { host: lineAddress, port, close };
}

type Peer = { readonly host: string; readonly port: number };

async function listen(port: number, peer: Peer, quality: LineQuality, open: Set<Socket>): Promise<Server> {
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    join(near, peer, quality, open);
  });
  listener.listen(port, lineAddress);
  await once(listener, "listening");
  return listener;
}

/**
 * The near side believes at once that it is connected. The far side hears of it when the last packet of the handshake would have come,
 * a round trip and a half later, and what the near side said meanwhile comes no earlier.
 */
function join(near: Socket, peer: Peer, quality: LineQuality, open: Set<Socket>): void {
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {}).once("close", () => open.delete(socket));
  };
  keep(near);
  near.pause();
  const timer = setTimeout(() => {
    const far = connect({ ...peer, allowHalfOpen: true, noDelay: true });
    keep(far);
    far.on("error", () => near.destroy());
    carry(near, far, quality);
    carry(far, near, quality);
  }, quality.roundTripMs * 1.5);
  near.once("close", () => clearTimeout(timer));
}

const windowBytes = 4 * 1024 * 1024; // what a line of 100 ms and 40 MB/s holds

function carry(from: Socket, to: Socket, { roundTripMs, bytesPerSecond }: LineQuality): void {
  const arrivals: { readonly atMs: number; readonly act: () => void }[] = [];
  let freeAtMs = 0;
  let underWay = 0;

  /** One after the other: timers of different lengths do not promise an order. */
  function send(bytes: number, act: () => void): void {
    const beginsAtMs = Math.max(performance.now(), freeAtMs);
    freeAtMs = bytesPerSecond === null ? beginsAtMs : beginsAtMs + (bytes / bytesPerSecond) * 1000;
    arrivals.push({ atMs: freeAtMs + roundTripMs / 2, act });
    if (arrivals.length === 1) awaitNext();
  }

  function awaitNext(): void {
    for (let next = arrivals[0]; next !== undefined; next = arrivals[0]) {
      const waitMs = next.atMs - performance.now();
      if (waitMs > 0) {
        setTimeout(awaitNext, Math.ceil(waitMs));
        return;
      }
      next.act();
      arrivals.shift();
    }
  }

  from.on("data", (chunk: Buffer) => {
    underWay += chunk.length;
    if (underWay >= windowBytes) from.pause();
    send(chunk.length, () => {
      to.write(chunk, () => {
        underWay -= chunk.length;
        if (underWay < windowBytes) from.resume();
      });
    });
  });
  from.once("end", () => send(0, () => to.end()));
  from.once("close", () => {
    if (from.errored) send(0, () => to.resetAndDestroy());
    else if (!from.readableEnded) send(0, () => to.destroy());
  });
  from.resume();
}
