import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { RealServer } from "./realServers.ts";

export type SlowLineOptions = {
  /** There and back. */
  readonly roundTripMs: number;
  /** What each connection lets through in each direction; null: as much as there is. */
  readonly bytesPerSecond: number | null;
};

/** The same server, further away. */
export type SlowLine = {
  readonly host: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
};

const farAddress = "127.0.0.2";

/**
 * A long way to a real server: every connection is delayed and held to a rate of its own. It changes no byte, so it carries TLS as well:
 * it listens on the server's own port numbers at another loopback address, which is where EPSV leads a client (RFC 2428 §3). In a process
 * of its own, so that it takes no time from the client that is measured.
 */
export async function startSlowLine(server: RealServer, options: SlowLineOptions): Promise<SlowLine> {
  const { first, last } = server.passive;
  const ports = [server.port, ...Array.from({ length: last - first + 1 }, (_, index) => first + index)];
  const setUp = { ...options, ports, from: farAddress, to: server.host };
  const program = join(import.meta.dirname, "slowLineProcess.ts");
  const child = spawn(process.execPath, [program, JSON.stringify(setUp)], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  await Promise.race([
    once(child.stdout, "data"),
    ended.then(() => Promise.reject(new Error("The slow line could not be laid."))),
  ]);
  return {
    host: farAddress,
    port: server.port,
    stop: async () => {
      child.stdin.end(); // it goes when nobody holds it any more
      await ended;
    },
  };
}
