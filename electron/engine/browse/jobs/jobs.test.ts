import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Job } from "../../../../shared/models/job.ts";
import { localPlace, type Place } from "../../../../shared/models/place.ts";
import { createLocalFolders } from "../../local/localFolders.ts";
import { systemClock } from "../../ports.ts";
import { createMemoryServer, plainOptions } from "../../sessions/testing/memorySession.ts";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import type { BrowsingConnection } from "../connection.ts";
import { createJobBoard, type JobRequest } from "./jobBoard.ts";
import { createLocalTree } from "./localTree.ts";
import { createRemoteTree } from "./remoteTree.ts";

const never = new AbortController().signal;
const remote: Place = { side: "remote", connectionId: "c" };
const webTree = {
  folders: ["/web", "/web/img", "/web/img/deep"],
  files: ["/keep", "/web/index", "/web/img/a", "/web/img/deep/b"],
};

/** A server in memory with a small tree, and a board of jobs over it. */
async function setUp() {
  const clock = createFakeClock();
  const server = createMemoryServer();
  for (const folder of webTree.folders) server.addFolder(folder);
  for (const file of webTree.files) server.addFile(file, 10);
  const ended = new AbortController();
  let session = await server.openSession(plainOptions("browse 1", clock), never);
  const connection: Pick<BrowsingConnection, "run" | "toText"> = {
    run: async (_kind, work, signal) => {
      if (!session.isUsable) session = await server.openSession(plainOptions("browse 1", clock), never);
      return work(session, AbortSignal.any([signal, ended.signal]));
    },
    toText: (wire) => session.toText(wire),
  };
  const touched: string[] = [];
  const board = createJobBoard({
    treeOf: () => createRemoteTree(connection as BrowsingConnection),
    onTouched: (_, folder) => touched.push(folder),
    clock,
  });
  const lists: (readonly Job[])[] = [];
  board.watch((jobs) => lists.push(jobs));
  const remove = (...wireNames: string[]) => board.run({ kind: "remove", place: remote, path: "/", wireNames });
  const paths = () => [...server.nodes.keys()].filter((path) => path !== "/").sort();
  const refuse = (operation: string, kind: "permission-denied" | "connection-refused" = "permission-denied") => {
    server.fault = (each) => (each === operation ? new AppError(kind, "550 no", { path: "/there" }) : undefined);
  };
  const asked = (verb: string) => server.journal.filter((line) => line.startsWith(`${verb} `));
  const endConnection = () => ended.abort();
  return {
    endConnection,
    clock,
    server,
    board,
    lists,
    remove,
    paths,
    refuse,
    asked,
    touched,
    current: () => lists.at(-1) ?? [],
  };
}

test("a folder is deleted with all it holds, what it holds first, and the job leaves the list", async () => {
  const { remove, paths, asked, current, clock, touched } = await setUp();
  expect(await remove("web")).toEqual({ done: 6, failed: 0, isComplete: true });
  await clock.pass(100);
  expect([paths(), current()]).toEqual([["/keep"], []]);
  expect(asked("removeFolder")).toEqual(["removeFolder /web/img/deep", "removeFolder /web/img", "removeFolder /web"]);
  expect(touched).toContain("/");
});

test("the plan counts files, folders and bytes before anything is deleted", async () => {
  const { server, remove, board } = await setUp();
  let counted: Job | undefined;
  server.fault = (operation) => {
    if (!operation.startsWith("remove") || counted !== undefined) return undefined;
    const stop = board.watch(([job]) => {
      counted = job;
    });
    stop();
    return undefined;
  };
  await remove("web", "keep");
  expect(counted).toMatchObject({
    state: "working",
    name: "web",
    count: 2,
    folders: 3,
    files: 4,
    bytes: 40,
    total: 7,
    done: 0,
  });
});

test("news of a job come at most once in a beat, and the last of them always", async () => {
  const { remove, lists, clock } = await setUp();
  await remove("web");
  const during = lists.length;
  await clock.pass(1_000);
  expect([during, lists.at(-1)]).toEqual([2, []]); // the empty list at first, the new job; the rest waits for the beat
});

test("a link to a folder is deleted itself, never followed", async () => {
  const { server, remove, paths, asked } = await setUp();
  server.nodes.set("/link", { type: "symlink", size: 0, mode: 0, modifiedMs: 0 });
  expect(await remove("link")).toMatchObject({ done: 1 });
  expect([paths().length, asked("removeFile")]).toEqual([7, ["removeFile /link"]]);
});

test("a link that a listing shows as a folder is told by a closer look, and not followed either", async () => {
  const { server, remove, paths, asked } = await setUp();
  server.showsLinks = false;
  server.nodes.set("/web/to-keep", { type: "symlink", size: 0, mode: 0, modifiedMs: 0 });
  await remove("web");
  expect(paths()).toEqual(["/keep"]);
  expect([
    asked("removeFile").includes("removeFile /web/to-keep"),
    asked("list").includes("list /web/to-keep"),
  ]).toEqual([true, false]);
});

test("a folder that should be empty and is not is looked at in the other way, and what shows there is deleted", async () => {
  const { server, remove, paths } = await setUp();
  server.nodes.set("/web/img/dangling", { type: "symlink", size: 0, mode: 0, modifiedMs: 0 });
  server.hidden.add("/web/img/dangling");
  expect(await remove("web")).toEqual({ done: 7, failed: 0, isComplete: true });
  expect(paths()).toEqual(["/keep"]);
});

test("what cannot be deleted stays with the folders it lies in, the rest goes, and the job says which and why", async () => {
  const { remove, paths, refuse, current, clock, asked } = await setUp();
  refuse("removeFile /web/img/a");
  expect(await remove("web", "keep")).toEqual({ done: 4, failed: 1, isComplete: true });
  await clock.pass(100);
  expect(paths()).toEqual(["/web", "/web/img", "/web/img/a"]);
  expect(asked("removeFolder")).toEqual(["removeFolder /web/img/deep"]); // the others still hold something
  expect(current()).toMatchObject([
    {
      state: "ended",
      total: 7,
      done: 4,
      failed: 1,
      failures: [{ path: "/web/img/a", error: { kind: "permission-denied" } }],
    },
  ]);
});

test("retry deletes what was left, and the job is gone", async () => {
  const { server, remove, paths, refuse, current, clock, board } = await setUp();
  refuse("removeFile /web/img/a");
  await remove("web", "keep");
  await clock.pass(100);
  server.fault = () => undefined;
  const [job] = current();
  board.retry(job?.id ?? 0);
  await clock.pass(1_000);
  expect([paths(), current()]).toEqual([[], []]);
});

test("cancel at any moment: what is done stays done, the rest is not begun", async () => {
  const { server, remove, board, paths, current, clock } = await setUp();
  server.fault = (operation) => {
    if (operation === "removeFile /web/img/a") board.cancel(1);
    return undefined;
  };
  await expect(remove("web", "keep")).rejects.toMatchObject({ kind: "cancelled" });
  await clock.pass(100);
  expect([paths(), current()]).toEqual([["/web", "/web/img", "/web/img/deep", "/web/img/deep/b"], []]);
});

test("a connection that cannot be had ends the job, which waits for a retry", async () => {
  const { remove, refuse, current, clock } = await setUp();
  refuse("list /web/img", "connection-refused");
  expect(await remove("web")).toEqual({ done: 0, failed: 0, isComplete: false });
  await clock.pass(100);
  expect(current()).toMatchObject([{ state: "ended", stoppedBy: { kind: "connection-refused" } }]);
});

test("a connection that is closed in the middle leaves the job behind, with what is undone", async () => {
  const { server, remove, current, clock, endConnection } = await setUp();
  server.fault = (operation) => {
    if (operation === "removeFile /web/img/a") endConnection();
    return undefined;
  };
  expect(await remove("web")).toMatchObject({ isComplete: false });
  await clock.pass(100);
  expect(current()).toMatchObject([{ state: "ended", stoppedBy: { kind: "connection-lost" } }]);
});

test("a session lost in the middle of a delete is replaced, and the delete asked once more", async () => {
  const { server, remove, paths } = await setUp();
  let deaths = 0;
  server.fault = (operation) => (operation === "removeFile /keep" && deaths++ === 0 ? "die" : undefined);
  expect(await remove("keep")).toEqual({ done: 1, failed: 0, isComplete: true });
  expect([deaths, paths().includes("/keep")]).toEqual([2, false]);
});

test("a server that deletes whole folders is given one command", async () => {
  const { server, remove, paths, asked } = await setUp();
  server.removesTrees = true;
  expect(await remove("web", "keep")).toEqual({ done: 2, failed: 0, isComplete: true });
  expect([paths(), asked("removeTree"), asked("removeFolder")]).toEqual([[], ["removeTree /web"], []]);
});

test("a whole folder that the server will not delete by one command goes one by one", async () => {
  const { server, remove, paths, refuse } = await setUp();
  server.removesTrees = true;
  refuse("removeTree /web");
  expect(await remove("web")).toMatchObject({ done: 6, failed: 0 });
  expect(paths()).toEqual(["/keep"]);
});

test.each([".", "..", "a/b"])("the name %j never reaches a command", async (name) => {
  const { remove, server, current, clock } = await setUp();
  expect(await remove(name)).toMatchObject({ done: 0, failed: 1 });
  await clock.pass(100);
  expect(current()).toMatchObject([{ failures: [{ error: { kind: "invalid-input" } }] }]);
  expect(server.journal).toEqual(["open", "list /"]);
});

const permissions = (plan: Extract<JobRequest, { kind: "setPermissions" }>["plan"]): JobRequest => ({
  kind: "setPermissions",
  place: remote,
  path: "/",
  wireNames: ["web"],
  plan,
});
const whole = (mode: number) => ({ on: mode, off: ~mode & 0o777 });

test("files and folders get permissions of their own, and links none", async () => {
  const { board, server, asked } = await setUp();
  server.nodes.set("/web/link", { type: "symlink", size: 0, mode: 0o777, modifiedMs: 0 });
  const plan = { files: whole(0o640), folders: whole(0o750), recursive: true };
  expect(await board.run(permissions(plan))).toMatchObject({ done: 6, failed: 0 });
  const modes = [...webTree.folders, "/web/index", "/web/img/deep/b", "/web/link", "/keep"].map(
    (path) => server.nodes.get(path)?.mode,
  );
  expect(modes).toEqual([0o750, 0o750, 0o750, 0o640, 0o640, 0o777, 0o644]);
  expect(asked("setPermissions")[0]).toBe("setPermissions /web"); // opened before what it holds
});

test("folders only leaves files alone, and a folder that is closed is closed last", async () => {
  const { board, asked } = await setUp();
  await board.run(permissions({ files: null, folders: whole(0o600), recursive: true }));
  expect(asked("setPermissions")).toEqual(
    ["/web/img/deep", "/web/img", "/web"].map((path) => `setPermissions ${path}`),
  );
});

test("not recursive touches the chosen entries alone", async () => {
  const { board, asked } = await setUp();
  await board.run(permissions({ files: whole(0o600), folders: whole(0o700), recursive: false }));
  expect(asked("setPermissions")).toEqual(["setPermissions /web"]);
});

let scratch: string | null = null;
afterEach(() => {
  if (scratch !== null) rmSync(scratch, { recursive: true, force: true });
  scratch = null;
});

function setUpLocal() {
  const root = mkdtempSync(join(tmpdir(), "portside-jobs-"));
  scratch = root;
  const local = createLocalFolders({ platform: process.platform, home: root, clock: systemClock });
  const board = createJobBoard({ treeOf: () => createLocalTree(local), onTouched: () => {}, clock: systemClock });
  return { root, board };
}

test("on the local side too, a folder goes with all it holds, and links without what they lead to", async () => {
  const { root, board } = setUpLocal();
  mkdirSync(join(root, "outside"));
  writeFileSync(join(root, "outside/precious"), "");
  mkdirSync(join(root, "dir/deep"), { recursive: true });
  writeFileSync(join(root, "dir/deep/f"), "");
  symlinkSync(join(root, "outside"), join(root, "dir/link"));
  symlinkSync(join(root, "nowhere"), join(root, "dir/dangling"));
  symlinkSync(join(root, "outside"), join(root, "toplink"));
  const outcome = await board.run({ kind: "remove", place: localPlace, path: root, wireNames: ["dir", "toplink"] });
  await board.close();
  expect(outcome).toEqual({ done: 6, failed: 0, isComplete: true });
  expect([readdirSync(root), readdirSync(join(root, "outside"))]).toEqual([["outside"], ["precious"]]);
});

test("bits that are not named stay as each entry has them", async () => {
  const { root, board } = setUpLocal();
  for (const [name, mode] of [
    ["a", 0o600],
    ["b", 0o755],
  ] as const) {
    writeFileSync(join(root, name), "");
    chmodSync(join(root, name), mode);
  }
  const plan = { files: { on: 0o040, off: 0o001 }, folders: null, recursive: false };
  await board.run({ kind: "setPermissions", place: localPlace, path: root, wireNames: ["a", "b"], plan });
  await board.close();
  expect(["a", "b"].map((name) => statSync(join(root, name)).mode & 0o777)).toEqual([0o640, 0o754]);
});

test("a name that is gone is told, and the others go", async () => {
  const { root, board } = setUpLocal();
  writeFileSync(join(root, "a"), "");
  const outcome = await board.run({ kind: "remove", place: localPlace, path: root, wireNames: ["missing", "a"] });
  await board.close();
  expect([outcome, existsSync(join(root, "a"))]).toEqual([{ done: 1, failed: 1, isComplete: true }, false]);
});
