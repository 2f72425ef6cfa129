import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { RemoteSession } from "../../../electron/engine/sessions/remoteSession.ts";
import type { Check, CheckContext } from "./check.ts";
import { exercise, list, never, place, refuses } from "./words.ts";

export const loginChecks: readonly Check[] = [
  {
    id: "login.start",
    title: "opens the folder of its user",
    run: async ({ open, target, server }) => {
      const { startFolder, system } = await open();
      assert.equal(startFolder, target.server === "GNU ftpd" ? server.root : "/");
      assert.match(system ?? "", /^UNIX/);
    },
  },
  {
    id: "login.protection",
    title: "is as protected as was asked",
    run: async ({ session: { security }, target }) => {
      const isEncrypted = target.protection === "TLS";
      assert.deepEqual([security.encrypted, security.dataProtected], [isEncrypted, isEncrypted]);
    },
  },
  {
    id: "login.password",
    title: "tells a wrong password apart",
    run: ({ open, server: { user } }) => refusesLogin(open, user, "wrong"),
  },
  {
    id: "login.user",
    title: "tells an unknown user apart",
    run: ({ open, server: { password } }) => refusesLogin(open, "nobody-of-that-name", password),
  },
  {
    id: "login.sessions",
    title: "serves eight sessions at once",
    run: async ({ open, folder }) => {
      const sessions = await Promise.all(Array.from({ length: 8 }, () => open()));
      await Promise.all(sessions.map((session, index) => exercise(session, folder, `of session ${index}`)));
    },
  },
  {
    id: "login.too-many",
    title: "tells a full server apart",
    run: async ({ open, start }) => {
      const { full } = await fill({ open, start });
      await refuses(open({}, full), "too-many-connections");
    },
  },
  {
    id: "login.room",
    title: "has room again when a session has ended",
    run: async ({ open, start }) => {
      const { full, first } = await fill({ open, start });
      await first.close();
      await eventually(() => open({}, full));
    },
  },
  {
    id: "login.keep-alive",
    title: "is kept alive",
    run: async ({ session, folder }) => {
      for (let count = 0; count < 3; count++) await session.keepAlive(never);
      assert.deepEqual(await list(session, folder), []);
    },
  },
  {
    id: "login.offers",
    title: "names the commands it offers",
    run: async ({ session }) => {
      const offered = await session.offeredCommands(never);
      for (const command of ["SIZE", "MDTM"]) assert.ok(offered.includes(command), command);
    },
  },
  {
    id: "login.console",
    title: "answers raw commands, with and without data",
    run: async (context) => {
      const { session, folder } = context;
      await place(context, "file", "");
      const { replies } = await session.command("SYST", never);
      assert.equal(replies.at(-1)?.code, 215);
      assert.match((await session.command(`NLST ${folder}`, never)).data ?? "", /\bfile\b/);
      const unknown = await session.command("NOSUCHCOMMAND", never);
      assert.match(String(unknown.replies.at(-1)?.code), /^50[02]$/);
    },
  },
  {
    id: "login.lost",
    title: "is missed when it goes away",
    run: async ({ start, open }) => {
      const server = await start();
      const session = await open({}, server);
      const lost = new Promise<void>((resolve) => session.onLost(resolve));
      await server.stop();
      await lost;
      assert.equal(session.isUsable, false);
      await refuses(list(session, "/"), "connection-lost");
    },
  },
  {
    id: "login.again",
    title: "is found again after a restart",
    run: async ({ start, open, server: { root } }) => {
      const first = await start({ root });
      await open({}, first);
      await first.stop();
      const second = await start({ root, port: first.port });
      const session = await open({}, second);
      assert.ok((await list(session, session.startFolder)).length > 0);
    },
  },
];

async function refusesLogin(open: CheckContext["open"], user: string, password: string): Promise<void> {
  await refuses(open({ login: { user, password, account: null } }), "login-rejected");
}

/** A server with room for two sessions, and both of them. */
async function fill({ start, open }: Pick<CheckContext, "start" | "open">) {
  const full = await start({ maxSessions: 2 });
  const [first] = [await open({}, full), await open({}, full)];
  return { full, first };
}

/** Servers need a moment to see that a session has ended. */
async function eventually(act: () => Promise<RemoteSession>): Promise<void> {
  for (let attempt = 1; attempt < 20; attempt++) {
    try {
      await act();
      return;
    } catch {
      await delay(100);
    }
  }
  await act();
}
