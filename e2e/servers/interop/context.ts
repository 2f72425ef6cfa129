import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openFtpSession } from "../../../electron/engine/ftp/openFtpSession.ts";
import { testOptions } from "../../../electron/engine/ftp/testing/openTestSession.ts";
import type { OpenSessionOptions, RemoteSession } from "../../../electron/engine/sessions/remoteSession.ts";
import { joinRemote } from "../../../shared/models/remotePath.ts";
import type { RunningServer } from "../../ftpd/realServers.ts";
import type { Check } from "./check.ts";
import type { Target } from "./targets.ts";
import { never } from "./words.ts";

/** A target's server at work, with the session its checks share. */
export type Bench = {
  /** Runs a check; rejects as it does. */
  readonly run: (check: Check) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts a target's server. */
export async function setUp(target: Target): Promise<Bench> {
  const server = await target.start(target.options);
  let session: RemoteSession | null = null;
  return {
    run: async (check) => {
      if (session?.isUsable !== true) session = await openSession(target, server);
      await runCheck(check, target, server, session);
    },
    stop: async () => {
      await session?.close();
      await server.stop();
    },
  };
}

async function runCheck(check: Check, target: Target, server: RunningServer, session: RemoteSession): Promise<void> {
  const undos: (() => Promise<void>)[] = [];
  const later = (undo: () => Promise<void>) => void undos.push(undo);
  try {
    await check.run({
      target,
      server,
      session,
      ...(await makeFolder(server, session, check.id)),
      open: async (changes = {}, where = server) => {
        const opened = await openSession(target, where, changes);
        later(opened.close);
        return opened;
      },
      start: async (options = {}) => {
        const started = await target.start({ ...target.options, ...options });
        later(started.stop);
        return started;
      },
      later,
    });
  } finally {
    for (const undo of undos.reverse()) await undo();
  }
}

async function makeFolder(server: RunningServer, { startFolder }: RemoteSession, name: string) {
  const disk = join(server.root, name);
  await mkdir(disk);
  await chmod(disk, 0o777); // the test and the server's account both write here
  return { disk, folder: joinRemote(startFolder, name) };
}

function openSession(
  { protection }: Target,
  { host, port, user, password }: RunningServer,
  changes: Partial<OpenSessionOptions> = {},
): Promise<RemoteSession> {
  const login = { user, password, account: null };
  const encryption = protection === "TLS" ? "tls-required" : "plain";
  return openFtpSession(testOptions(port, { host, login, encryption, timeoutMs: 20_000, ...changes }), never);
}
