import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ErrorKind } from "../../shared/errors/errorKind.ts";
import type { CommandFault } from "../ftpd/commandFaults.ts";
import type { DataFault } from "../ftpd/dataFaults.ts";
import type { ScriptedServerOptions } from "../ftpd/scriptedServer.ts";
import { leftUndone } from "../support/leftUndone.ts";
import { receiveVisits } from "../support/visit.ts";
import { beginCargo, cargo, type Direction, directions, moves, name, verbOf } from "./cargoRuns.ts";

/** Faults of the shared case list (F-…), met by a whole engine: what must be true in the end, however it came about. */

const visit = receiveVisits("faults");

const begin = (direction: Direction, options: ScriptedServerOptions = {}) => beginCargo(visit, direction, options);

describe.each(directions)("%s", (direction) => {
  const verb = verbOf[direction];

  test.each(
    ["USER", "PASS", "SYST", "FEAT", "TYPE", "PWD"].flatMap((at) => [[at, "drop"] as const, [at, "reset"] as const]),
  )("F-control-06: a login that breaks at %s (%s) is tried again", async (at, kind) => {
    const run = await begin(direction);
    run.server.failCommand({ verb: at }, { kind }); // the browsing session is in; this meets the transfer's
    await run.start();
    await run.untilWhole();
  });

  test("F-control-07: the control connection breaks before the first byte", async () => {
    const run = await begin(direction);
    run.server.failCommand({ verb }, { kind: "reset" });
    await run.start();
    await run.untilWhole();
  });

  test.each<[string, CommandFault]>([
    ["F-control-08: the control connection ends with the last byte, and 226 never comes", { kind: "lose-final" }],
    ["F-control-09, F-data-transfer-19: all bytes have come, and the server says no more", { kind: "mute-final" }],
  ])("%s: looked at again, not moved again", async (_, fault) => {
    const run = await begin(direction);
    await run.engine.call("settings.change", { timeoutMs: 1_000 });
    run.server.failCommand({ verb }, fault);
    await run.start();
    await run.untilWhole();
    expect(moves(run, direction)).toEqual({ count: 1, bytes: cargo.length });
  });

  test.each([
    "530 Sorry, the maximum number of clients (1) for this user are already connected.",
    "421 Too many users.",
  ])("F-control-13: %s", async (reply) => {
    const run = await begin(direction);
    run.server.failCommand({ verb: "PASS" }, { kind: "answer", reply });
    await run.start();
    await run.untilWhole();
    expect(moves(run, direction).count).toBe(1);
  });

  test("F-control-17: every reply comes byte by byte", async () => {
    const run = await begin(direction);
    run.server.failCommand({ verb: "*", times: 10_000 }, { kind: "split", bytes: 1, pauseMs: 0 });
    await run.start();
    await run.untilWhole();
  });

  test.each<[string, DataFault]>([
    ["F-data-transfer-02: reset after one byte", { kind: "reset", at: 1 }],
    ["F-data-transfer-03: reset half way", { kind: "reset", at: cargo.length / 2 }],
    ["F-data-transfer-04: reset with one byte missing", { kind: "reset", at: cargo.length - 1 }],
    ["F-data-transfer-06: an early end and 426", { kind: "cut", at: Math.floor(cargo.length * 0.6) }],
    ["F-data-transfer-07: a stall with open sockets", { kind: "stall", at: Math.floor(cargo.length * 0.4) }],
    ["F-process-14: everything lost at once", { kind: "lose-session", at: Math.floor(cargo.length * 0.7) }],
  ])("%s is made good, and little is moved twice", async (_, fault) => {
    const run = await begin(direction);
    await run.engine.call("settings.change", { timeoutMs: 1_000 });
    run.server.failData({ verb }, fault);
    await run.start();
    await run.untilWhole();
    const { bytes } = moves(run, direction);
    // A reset throws away what the other side had not read yet: at most what fits into two sockets' buffers.
    expect(bytes).toBeLessThan(cargo.length * 2);
  });

  test("F-data-transfer-11: a server that knows no REST is given, and gives, the whole file again: what lies there cannot be compared", async () => {
    const run = await begin(direction, { lacks: ["REST"] });
    run.server.failData({ verb }, { kind: "cut", at: 700_000 });
    await run.start();
    await run.untilWhole();
    const sent = run.server.transfers().map(({ verb: done, offset }) => [done, offset > 0]);
    expect(sent.filter(([done]) => done !== "MLSD")).toEqual([
      [verb, false],
      [verb, false],
    ]);
  });

  test("F-data-transfer-12: a server that takes REST and begins at 0 all the same", async () => {
    const run = await begin(direction, { ignoresRest: true });
    run.server.failData({ verb }, { kind: "cut", at: 1_200_000 });
    await run.start();
    await run.untilWhole();
  });

  test.each(["450 Busy, try again.", "451 Local error in processing.", "425 Can't open data connection."])(
    "F-data-transfer-23, -25: %s once, and the next try works",
    async (reply) => {
      const run = await begin(direction);
      run.server.failCommand({ verb }, { kind: "answer", reply });
      await run.start();
      await run.untilWhole();
    },
  );

  test.each<[string, ErrorKind]>([
    ["550 Permission denied.", "permission-denied"],
    ["553 Name not allowed.", "name-not-allowed"],
  ])("F-data-transfer-23: %s fails at once, in the server's words", async (reply, kind) => {
    const run = await begin(direction);
    run.server.failCommand({ verb, times: 9 }, { kind: "answer", reply });
    await run.start();
    await run.engine.untilQueue(({ failed }) => failed === 1);
    const [row] = await run.engine.rows("failed");
    expect(row).toMatchObject({ errorKind: kind, errorText: reply });
    expect(run.server.verbs().filter((sent) => sent === verb)).toHaveLength(1);
    expect(await readdir(run.to)).not.toContain(name);
  });
});

test("F-data-transfer-24: a full server is told, and the rest follows when there is room again", async () => {
  const run = await begin("upload");
  run.server.failCommand({ verb: "STOR" }, { kind: "replace-final", reply: "552 Quota exceeded." });
  run.server.failData({ verb: "STOR" }, { kind: "cut", at: 600_000 });
  await run.start();
  await run.engine.untilQueue(({ failed }) => failed === 1);
  expect((await run.engine.rows("failed"))[0]).toMatchObject({ errorKind: "remote-full" });
  await run.engine.call("queue.retry", { filter: "failed" });
  await run.untilWhole();
  expect(run.offsetsOf("STOR").at(-1)).toBeGreaterThan(300_000); // what the server had read of 600,000
});

test("F-data-transfer-17: a size that is too large for ever ends after few tries", async () => {
  const run = await begin("download", { lacks: ["MLSD"] });
  const wrong = cargo.length + 10;
  run.server.failCommand({ verb: "SIZE", times: 100 }, { kind: "answer", reply: `213 ${wrong}` });
  await run.fetch(`/${name}`, wrong);
  await run.engine.untilQueue(({ failed }) => failed === 1);
  expect((await run.engine.rows("failed"))[0]).toMatchObject({ errorKind: "incomplete" });
  expect(run.server.verbs().filter((verb) => verb === "RETR").length).toBeLessThanOrEqual(4);
  expect(await readdir(run.to)).not.toContain(name); // what is not whole has no final name
});

describe("listings", () => {
  test.each(["450 No files found", "550 No files found."])("F-listing-05: %s is an empty folder", async (reply) => {
    const guest = await visit({ lacks: ["MLSD"] });
    guest.server.failCommand({ verb: "LIST" }, { kind: "answer", reply });
    expect(await guest.list("/")).toEqual([]);
  });

  test("F-listing-06: a sub-folder that may not be read is told, and the rest comes", async () => {
    const seed = async (root: string) => {
      for (const folder of ["a", "closed", "z"]) {
        await mkdir(join(root, "tree", folder), { recursive: true });
        await writeFile(join(root, "tree", folder, "file"), folder);
      }
    };
    const guest = await visit({ seed });
    const { engine, server, connection } = guest;
    server.failCommand({ verb: "MLSD", name: /closed/, times: 9 }, { kind: "answer", reply: "550 Permission denied." });
    await engine.call("queue.add", {
      direction: "download",
      connectionId: connection.id,
      sources: [{ path: "/tree", name: "tree", type: "directory", size: null, modifiedMs: null }],
      targetPath: engine.home,
    });
    await engine.untilQueue(({ queued, running, waiting, failed }) => queued + running + waiting === 0 && failed > 0);
    const failed = await engine.rows("failed");
    expect(failed.map(({ remotePath, errorKind }) => [remotePath, errorKind])).toEqual([
      ["/tree/closed", "permission-denied"],
    ]);
    for (const folder of ["a", "z"])
      expect(await readFile(join(engine.home, "tree", folder, "file"), "utf8")).toBe(folder);
  });

  test("F-listing-04: an empty listing deletes nothing", async () => {
    const seed = async (root: string) => {
      await mkdir(join(root, "full"));
      await writeFile(join(root, "full/kept"), "x");
    };
    const guest = await visit({ seed, lacks: ["MLSD"] });
    const { engine, server, place } = guest;
    server.failData({ verb: "LIST", name: /full/, times: 9 }, { kind: "truncate", at: 0 });
    await engine.call("jobs.remove", { place, path: "/", wireNames: ["full"] });
    expect(leftUndone(engine)).toMatchObject([{ kind: "directory-not-empty" }]);
    expect(await readdir(join(server.root, "full"))).toEqual(["kept"]);
  });
});
