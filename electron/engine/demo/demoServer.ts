import { once } from "node:events";
import { mkdir, realpath } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { type Clock, realClock } from "./clock.ts";
import type { CommandTable } from "./commandTable.ts";
import { demoCommands, serveSession } from "./demoSession.ts";
import { reply } from "./reply.ts";
import { noHooks, type ServerHooks } from "./serverHooks.ts";
import { createVirtualFiles } from "./virtualFiles.ts";

export type DemoServerOptions = {
  /** The folder to serve; made when missing. Nothing outside it can be reached. */
  readonly root: string;
  readonly user: string;
  readonly password: string;
  readonly clock?: Clock;
  /** Only this machine can reach it unless told otherwise. */
  readonly host?: string;
  /** 0: any free one. */
  readonly port?: number;
  readonly idleMs?: number;
  readonly hooks?: Partial<ServerHooks>;
  /** What the server knows and how it does it. Default: everything the demo server knows. */
  readonly commands?: CommandTable;
};

export type DemoServer = {
  readonly port: number;
  /** Cuts every session off and resolves when no socket is left. */
  readonly close: () => Promise<void>;
};

const maxSessions = 60; // more than the busiest queue uses, few enough to stay harmless
const fiveMinutesMs = 5 * 60 * 1000;

/**
 * A small, strict FTP server: RFC 959, 2389, 2428 (EPSV), 3659 (MLSD, SIZE, MDTM, REST) and MFMT; passive, no TLS. It shares no code
 * with the client, so that a misreading on one side is not mirrored on the other. Rejects when it cannot listen.
 */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { host = "127.0.0.1", clock = realClock, idleMs = fiveMinutesMs, commands = demoCommands } = options;
  const { user, password } = options;
  const hooks: ServerHooks = { ...noHooks, ...options.hooks };
  await mkdir(options.root, { recursive: true });
  const files = createVirtualFiles(await realpath(options.root));
  const sockets = new Set<Socket>();
  const sessions = new Set<Promise<void>>();
  let lastSessionId = 0;

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const refusal = sockets.size < maxSessions ? hooks.admit(sockets.size) : reply(421, "Too many sessions.");
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    if (refusal !== null) {
      socket.on("error", () => {});
      socket.resume();
      socket.end(`${refusal}\r\n`);
      return;
    }
    lastSessionId += 1;
    const session = serveSession(socket, {
      sessionId: lastSessionId,
      files,
      login: { user, password },
      clock,
      hooks,
      commands,
      idleMs,
    });
    sessions.add(session);
    session.finally(() => sessions.delete(session)).catch(() => {});
  });
  server.listen({ host, port: options.port ?? 0 });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The demo server has no port.");

  return {
    port: address.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await Promise.allSettled(sessions);
      await closed;
    },
  };
}
