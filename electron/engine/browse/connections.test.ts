import { expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { defaultSiteSettings, type Site } from "../../../shared/models/site.ts";
import { createSessionPool } from "../sessions/sessionPool.ts";
import { createMemoryServer, plainOptions } from "../sessions/testing/memorySession.ts";
import { createFakeClock, settle } from "../util/testing/fakeClock.ts";
import { type ConnectionList, createConnections } from "./connections.ts";
import { createRemoteFiles } from "./remoteFiles.ts";

const never = new AbortController().signal;
const site: Site = {
  ...defaultSiteSettings,
  id: "site",
  name: "Server",
  origin: "saved",
  folderId: null,
  position: 0,
  hasPassword: true,
  hasAccount: false,
  lastConnectedMs: null,
};

function setUp(settings: Partial<Site> = {}, limit = 10) {
  const clock = createFakeClock();
  const ceilings = { recall: () => null, note: () => {} };
  const server = createMemoryServer();
  const pool = createSessionPool({
    ceilings,
    clock,
    limitOf: () => limit,
    open: (_, label, signal) => server.openSession(plainOptions(label, clock), signal),
  });
  const recovered: string[] = [];
  let isWatched = true;
  const errors: string[] = [];
  const silent = { status: () => {}, command: () => {}, reply: () => {}, listing: () => {} };
  const connections = createConnections({
    log: { sessionLog: (label) => ({ ...silent, error: (text) => errors.push(`${label}: ${text}`) }) },
    sites: { get: () => ({ ...site, ...settings }), find: () => ({ ...site, ...settings }) },
    leaseForBrowsing: pool.leaseForBrowsing,
    keepAliveMs: () => 30_000,
    encodingOf: () => "auto",
    onEncodingChanged: () => {},
    isWatched: () => isWatched,
    clock,
    onRecovered: (id) => recovered.push(id),
    onClosed: () => {},
  });
  const lists: ConnectionList[] = [];
  connections.watch((list) => lists.push(list));
  const states = () => lists.map(({ connections: [first] }) => first?.status.state ?? "none");
  const open = async () => {
    const id = connections.open("site");
    await settle();
    return connections.get(id);
  };
  return {
    clock,
    server,
    pool,
    errors,
    connections,
    recovered,
    lists,
    states,
    open,
    stopWatching: () => {
      isWatched = false;
    },
  };
}

const folderOf = (path: string) => `list ${path}`;

/** Lists a folder and gives the names. */
async function list(connection: Awaited<ReturnType<ReturnType<typeof setUp>["open"]>>, path: string) {
  let names: string[] = [];
  await connection.run(
    "reading",
    (session, signal) => {
      names = [];
      return session.list(path, (entries) => names.push(...entries.map((entry) => entry.name)), signal);
    },
    never,
  );
  return names;
}

test("a connection connects, tells its status and where browsing begins", async () => {
  const { states, lists, open } = setUp();
  await open();
  expect(states()).toEqual(["none", "connecting", "connected"]);
  expect(lists.at(-1)?.connections[0]).toMatchObject({ siteId: "site", siteName: "Server", startPath: "/" });
});

test("browsing begins in the site's folder, or where the server puts us when that is gone", async () => {
  const there = setUp({ remoteFolder: "/web/ünï" });
  there.server.addFolder("/web");
  there.server.addFolder(Buffer.from("/web/ünï").toString("latin1"));
  const gone = setUp({ remoteFolder: "/gone" });
  const [a, b] = [await there.open(), await gone.open()];
  expect([a.toText(a.describe().startPath ?? ""), b.describe().startPath]).toEqual(["/web/ünï", "/"]);
});

test("a site has one connection; opening it again gives the same", async () => {
  const { open, server } = setUp();
  const [first, second] = [await open(), await open()];
  expect([first.id === second.id, server.openCount()]).toEqual([true, 1]);
});

test("a failed first try is told and not repeated by itself; reconnect tries again", async () => {
  const { server, open, states, clock } = setUp();
  server.refuseLogin = new AppError("connection-refused", "nobody there");
  const connection = await open();
  await clock.pass(60_000);
  expect([states().at(-1), server.journal]).toEqual(["failed", ["open"]]);
  await expect(list(connection, "/")).rejects.toMatchObject({ kind: "connection-refused" });
  server.refuseLogin = null;
  connection.reconnect();
  await settle();
  expect(states().at(-1)).toBe("connected");
});

test("a session lost while idle is replaced at once, back where it was", async () => {
  const { server, open, states, recovered, errors } = setUp();
  const connection = await open();
  server.hangUp();
  await settle();
  expect(errors).toEqual(["browse 1: The server ended the session"]);
  expect(states().slice(-2)).toEqual(["reconnecting", "connected"]);
  expect(recovered).toEqual([connection.id]);
});

test("a reading that loses its session is repeated on the next one, and nobody notices", async () => {
  const { server, open } = setUp();
  const connection = await open();
  server.addFile("/a");
  let deaths = 1;
  server.fault = () => (deaths-- > 0 ? "die" : undefined);
  expect(await list(connection, "/")).toEqual(["a"]);
  expect(server.journal.filter((line) => line === folderOf("/"))).toHaveLength(2);
});

test("a change that loses its session midway is told, not repeated", async () => {
  const { server, open } = setUp();
  const connection = await open();
  server.addFile("/a");
  server.fault = (operation) => (operation.startsWith("removeFile") ? "die" : undefined);
  const removal = connection.run("change", (session, signal) => session.removeFile("/a", signal), never);
  await expect(removal).rejects.toMatchObject({ kind: "connection-lost" });
  expect(server.journal.filter((line) => line === "removeFile /a")).toHaveLength(1);
});

test("a change after a long silence is not lost in a session that had died unnoticed", async () => {
  const { server, open, clock } = setUp();
  const connection = await open();
  server.addFile("/a");
  await clock.pass(16_000);
  let deaths = 1;
  server.fault = (operation) => (operation === "keepAlive" && deaths-- > 0 ? "die" : undefined);
  await connection.run("change", (session, signal) => session.removeFile("/a", signal), never);
  expect([server.nodes.has("/a"), server.journal.filter((line) => line === "removeFile /a").length]).toEqual([
    false,
    1,
  ]);
});

test("an idle connection is kept alive while somebody looks, and only then", async () => {
  const watched = setUp();
  await watched.open();
  await watched.clock.pass(95_000);
  expect(watched.server.journal.filter((line) => line === "keepAlive")).toHaveLength(3);
  const unwatched = setUp();
  await unwatched.open();
  unwatched.stopWatching();
  await unwatched.clock.pass(95_000);
  expect(unwatched.server.journal).toEqual(["open"]);
});

test("a server that stays away is tried again with growing pauses, and welcomed when it is back", async () => {
  const { server, open, clock, states, recovered } = setUp();
  await open();
  server.refuseLogin = new AppError("connection-refused", "restarting");
  server.hangUp();
  await clock.pass(20_000);
  const tries = server.journal.filter((line) => line === "open").length - 1;
  expect([tries, states().at(-1)]).toEqual([5, "reconnecting"]); // at 0, 1, 3, 8 and 18 s
  server.refuseLogin = null;
  await clock.pass(10_000);
  expect([states().at(-1), recovered.length]).toEqual(["connected", 1]);
});

test("a reconnect that is refused for good stops trying", async () => {
  const { server, open, clock, states } = setUp();
  await open();
  server.refuseLogin = new AppError("login-rejected", "530 no");
  server.hangUp();
  await clock.pass(60_000);
  expect([states().at(-1), server.journal.filter((line) => line === "open").length]).toEqual(["failed", 2]);
});

test("a site whose address changed gets a new connection when it is opened again", async () => {
  const { open, connections, server, states } = setUp();
  const first = await open();
  connections.noteChange("site");
  const second = await open();
  expect([second.id === first.id, server.openCount(), states().at(-1)]).toEqual([false, 1, "connected"]);
  expect((await open()).id).toBe(second.id);
});

test("where the server allows one session, browsing steps aside for transfers and comes back in turn", async () => {
  const { server, open, pool, states } = setUp({}, 1);
  const connection = await open();
  server.addFile("/a");
  const transfer = await pool.lease("site", never);
  expect([transfer.session.label, server.openCount(), states().at(-1)]).toEqual(["transfer 1", 1, "connected"]);
  const listing = list(connection, "/");
  const nextTransfer = pool.lease("site", never);
  await settle();
  expect(server.journal).not.toContain("list /");
  transfer.release();
  expect(await listing).toEqual(["a"]);
  expect((await nextTransfer).session.isUsable).toBe(true);
  expect(server.openCount()).toBe(1);
});

test("operations run one at a time, in the order they were asked for", async () => {
  const { server, open } = setUp();
  const connection = await open();
  server.addFolder("/a");
  await Promise.all([list(connection, "/"), list(connection, "/a"), list(connection, "/")]);
  expect(server.journal).toEqual(["open", "list /", "list /a", "list /"]);
});

test("closing ends the session, rejects what waits and leaves no timer", async () => {
  const { server, open, connections, clock, states } = setUp();
  const connection = await open();
  await connections.close(connection.id);
  await settle();
  expect([server.openCount(), clock.timers(), states().at(-1)]).toEqual([0, 0, "none"]);
  await expect(list(connection, "/")).rejects.toMatchObject({ kind: "cancelled" });
  expect(() => connections.get(connection.id)).toThrow(expect.objectContaining({ kind: "not-found" }));
});

test("closing while it still connects gives the late session back", async () => {
  const { server, connections } = setUp();
  const id = connections.open("site");
  await connections.close(id);
  await settle();
  expect(server.openCount()).toBe(0);
});

/** Renaming and resolving, over the same server in memory. */
async function setUpFiles() {
  const all = setUp();
  const { server } = all;
  for (const folder of ["/web", "/web/img", "/web/img/deep"]) server.addFolder(folder);
  for (const file of ["/keep", "/web/index", "/web/img/a", "/web/img/deep/b"]) server.addFile(file);
  const files = createRemoteFiles(await all.open());
  return { ...all, files, paths: () => [...server.nodes.keys()].filter((path) => path !== "/").sort() };
}

test.each([".", "..", "", "a/b"])("the name %j is refused before anything reaches the server", async (name) => {
  const { files, server } = await setUpFiles();
  const before = server.journal.filter((line) => !line.startsWith("list")).length;
  await expect(files.rename("/", name, "x", never)).rejects.toMatchObject({ kind: "invalid-input" });
  expect(server.journal.filter((line) => !line.startsWith("list"))).toHaveLength(before);
});

test("a rename onto a taken name is refused, onto another case of its own name it is not", async () => {
  const { files, server } = await setUpFiles();
  server.addFile("/other");
  await expect(files.rename("/", "keep", "other", never)).rejects.toMatchObject({ kind: "already-exists" });
  await files.rename("/", "keep", "KEEP", never);
  expect([server.nodes.has("/KEEP"), server.nodes.has("/keep")]).toEqual([true, false]);
});

test("a folder is not moved into itself", async () => {
  const { files, paths } = await setUpFiles();
  const before = paths();
  await expect(files.move("/", ["web"], "/web/img", never)).rejects.toMatchObject({ kind: "invalid-input" });
  expect(paths()).toEqual(before);
  await files.move("/", ["keep"], "/web", never);
  expect(paths()).toContain("/web/keep");
});

test.each([
  ["/", "web", "/web"],
  ["/web", "img/deep", "/web/img/deep"],
  ["/web/img", "..", "/web"],
  ["/web", "/web//img/./deep/", "/web/img/deep"],
  ["/web", "../../..", "/"],
  ["/web", "~", "/"],
  ["/", "~/web", "/web"],
])("in %s, the typed path %j leads to %s", async (from, text, path) => {
  const { files } = await setUpFiles();
  expect(await files.resolve(from, text, never)).toBe(path);
});

test("a typed path that is no folder is refused with the reason", async () => {
  const { files } = await setUpFiles();
  await expect(files.resolve("/", "nowhere", never)).rejects.toMatchObject({ kind: "not-found" });
  await expect(files.resolve("/", "keep", never)).rejects.toMatchObject({ kind: "not-a-directory" });
});

test("a new folder gets its wire name; a taken name is refused", async () => {
  const { files, server } = await setUpFiles();
  const wireName = await files.create("/", "中文", never);
  expect([wireName, server.nodes.get(`/${wireName}`)?.type]).toEqual([
    Buffer.from("中文").toString("latin1"),
    "directory",
  ]);
  await expect(files.create("/", "web", never)).rejects.toMatchObject({ kind: "already-exists" });
});

test("a folder of several levels: what is missing is made, once each", async () => {
  const { files, server } = await setUpFiles();
  expect(await files.create("/", "web/new/deep", never)).toBe("web");
  expect(server.journal.filter((line) => line.startsWith("makeFolder"))).toEqual([
    "makeFolder /web/new",
    "makeFolder /web/new/deep",
  ]);
  await expect(files.create("/", "web/new/deep", never)).rejects.toMatchObject({ kind: "already-exists" });
  await expect(files.create("/", "keep/below", never)).rejects.toMatchObject({ kind: "already-exists" }); // a file
});
