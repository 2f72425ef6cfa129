import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Connection } from "../../../shared/models/connection.ts";
import type { RunningServer } from "../../ftpd/realServers.ts";
import { startEngine, type TestEngine } from "../../support/engine.ts";
import { makeScratch } from "../../support/portside.ts";
import { hashTree, writeTree } from "../../support/trees.ts";
import type { Check, CheckContext } from "./check.ts";

export const engineChecks: readonly Check[] = [
  {
    id: "engine.drop",
    title: "takes a dropped folder through the queue, and gives it back equal",
    run: (context) => dropAndFetch(context, context.server, context.folder),
  },
  {
    id: "engine.two-sessions",
    title: "takes and gives a whole folder with room for two sessions",
    run: async (context) => dropAndFetch(context, await context.start({ maxSessions: 2 }), ""),
  },
  {
    id: "engine.reconnect",
    title: "is browsed again by itself after a restart",
    run: async (context) => {
      const first = await context.start({ root: context.server.root });
      const { engine, connection } = await connect(context, first);
      const place = { side: "remote", connectionId: connection.id } as const;
      context.later(async () => stopWatching());
      const stopWatching = engine.engine.api["folders.watch"]({ place, path: context.folder }, () => {});
      await first.stop();
      await engine.untilConnection(connection.id, ({ status }) => status.state === "reconnecting");
      await context.start({ root: context.server.root, port: first.port });
      await engine.untilConnection(connection.id, ({ status }) => status.state === "connected");
      assert.deepEqual(await engine.list(place, context.folder), []);
    },
  },
];

async function connect(
  { target, later }: CheckContext,
  server: RunningServer,
): Promise<{ engine: TestEngine; connection: Connection }> {
  const { folder, remove } = await makeScratch("interop");
  later(remove);
  const engine = await startEngine(folder);
  later(engine.close);
  const isEncrypted = target.protection === "TLS";
  const encryption = isEncrypted ? "tls-required" : "plain";
  const siteId = await engine.createSite({ port: server.port, user: server.user, encryption }, server.password);
  const connecting = engine.connect(siteId);
  if (isEncrypted) {
    const prompt = await engine.untilPrompt("certificate");
    await engine.answer(prompt, { kind: "certificate", decision: "trust-always" });
  }
  const connection = await connecting;
  assert.equal(connection.status.state, "connected");
  return { engine, connection };
}

async function dropAndFetch(context: CheckContext, server: RunningServer, folder: string): Promise<void> {
  const { engine, connection } = await connect(context, server);
  const connectionId = connection.id;
  const album = join(engine.home, "album");
  await writeTree(album, { files: 20, folders: 8, minBytes: 0, maxBytes: 40_000, seed: 7 });
  const { sources } = await engine.call("local.describe", { paths: [album] });
  await engine.call("queue.add", { direction: "upload", connectionId, sources, targetPath: folder || "/" });
  await engine.untilQueue(
    ({ queued, running, waiting, completed, failed }) => queued + running + waiting === 0 && completed + failed > 20,
  );
  assert.deepEqual(await engine.rows("failed"), []);

  const back = join(engine.home, "back");
  await mkdir(back);
  const remote = { path: `${folder}/album`, name: "album", type: "directory", size: null, modifiedMs: null } as const;
  await engine.call("queue.add", { direction: "download", connectionId, sources: [remote], targetPath: back });
  await engine.untilQueue(
    ({ queued, running, waiting, completed, failed }) => queued + running + waiting === 0 && completed + failed > 45,
  );
  assert.deepEqual(await engine.rows("failed"), []);
  assert.deepEqual(await hashTree(join(back, "album")), await hashTree(album));
}
