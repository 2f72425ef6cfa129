import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ErrorKind } from "../../shared/errors/errorKind.ts";
import { startDeafPort } from "../ftpd/deafPort.ts";
import { type FaultyLine, openFaultyLine } from "../ftpd/faultyLine.ts";
import { startVsftpd } from "../ftpd/realServers.ts";
import { type ScriptedServerOptions, startScriptedServer } from "../ftpd/scriptedServer.ts";
import { layTestBed } from "../support/testBed.ts";
import { hashTree, writeTree } from "../support/trees.ts";
import { receiveVisits } from "../support/visit.ts";
import { breakDisk } from "../torture/diskFaults.ts";
import type { PlannedFault } from "../torture/faultPlan.ts";
import { beginCargo, cargo, type Direction, directions, moves, name, verbOf } from "./cargoRuns.ts";

/** More faults of the shared case list (F-…): of connecting, of setting up data connections, of this side's disk. */

const bed = layTestBed("faults");
const visit = receiveVisits("faults");
const begin = (direction: Direction, options: ScriptedServerOptions = {}) => beginCargo(visit, direction, options);

describe.each(directions)("%s", (direction) => {
  const verb = verbOf[direction];

  test.each<[string, ErrorKind, boolean]>([
    ["F-control-01: a server that is not there", "connection-refused", false],
    ["F-control-02: a server that swallows connections", "connection-timeout", true],
  ])("%s is waited for, and the transfer is done when it is back", async (_, kind, isDeaf) => {
    const root = await mkdtemp(join(tmpdir(), "portside-faults-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const run = await begin(direction, { root });
    await run.engine.call("settings.change", { timeoutMs: 1_000, maxRetries: 0 });
    const { port } = run.server;
    await run.server.stop();
    const deaf = isDeaf ? await startDeafPort({ port }) : null;
    await run.start();
    const { resting } = await run.engine.untilQueue((summary) => summary.resting.length > 0);
    expect(resting).toMatchObject([{ errorKind: kind }]);
    expect(await run.engine.rows("queued")).toMatchObject([{ state: "backoff", errorKind: kind, attempts: 0 }]);

    await deaf?.stop();
    const again = await startScriptedServer({ root, port });
    onTestFinished(again.stop);
    await run.engine.call("queue.tryNow", {});
    await run.untilWhole();
  });

  test("F-data-setup-03: a data port that swallows connections", async () => {
    const run = await begin(direction);
    await run.engine.call("settings.change", { timeoutMs: 1_000 });
    const deaf = await bed.serve(startDeafPort, {});
    const reply = `229 Entering Extended Passive Mode (|||${deaf.port}|)`;
    run.server.failCommand({ verb: "EPSV" }, { kind: "answer", reply });
    await run.start();
    await run.untilWhole();
  });

  test("F-data-setup-05: the 150 comes, and nobody takes the data connection", async () => {
    const run = await begin(direction);
    await run.engine.call("settings.change", { timeoutMs: 1_000 });
    run.server.failCommand({ verb }, { kind: "answer", reply: "150 Opening data connection." });
    await run.start();
    await run.untilWhole();
  });

  test("F-data-transfer-13: a server whose offsets begin again at a limit", async () => {
    const run = await begin(direction, { restWrapsAt: 1_000_000 });
    run.server.failData({ verb }, { kind: "cut", at: 1_200_000 });
    await run.start();
    await run.untilWhole();
  });

  test("F-data-transfer-27: a transfer that is cancelled in its middle leaves a session that works, or none", async () => {
    const run = await begin(direction);
    run.server.failData({ verb }, { kind: "slow", bytesPerSecond: 400_000 });
    await run.start();
    await expect.poll(() => moves(run, direction).bytes, { timeout: 20_000 }).toBeGreaterThan(100_000);
    await run.engine.call("queue.cancel", { filter: "queued" });
    expect(await run.engine.rows("completed")).toMatchObject([{ state: "cancelled" }]);
    await run.engine.call("queue.remove", { filter: "completed" });
    await run.engine.call("settings.change", { uploadConflict: "overwrite" });
    await run.start();
    await run.untilWhole();
  });

  test("F-process-17: an engine that stands still for longer than its time-out loses nothing", async () => {
    const run = await begin(direction);
    await run.engine.call("settings.change", { timeoutMs: 1_000 });
    run.server.failData({ verb }, { kind: "slow", bytesPerSecond: 800_000 });
    await run.start();
    await expect.poll(() => moves(run, direction).bytes, { timeout: 20_000 }).toBeGreaterThan(100_000);
    for (const endMs = Date.now() + 1_500; Date.now() < endMs; );
    await run.untilWhole();
  });
});

test("F-data-setup-04: the data come, and the 150 never does", async () => {
  const run = await begin("download");
  run.server.failCommand({ verb: "RETR", times: 9 }, { kind: "mute-first" });
  await run.start();
  await run.untilWhole();
  expect(moves(run, "download")).toEqual({ count: 1, bytes: cargo.length });
});

type DiskFault = Extract<PlannedFault, { where: "disk" }>;

async function breakHome(home: string, ...faults: readonly Pick<DiskFault, "call" | "code">[]): Promise<void> {
  onTestFinished(
    await breakDisk(
      home,
      faults.map((fault) => ({ where: "disk", skip: 0, ...fault })),
    ),
  );
}

describe("this side's disk", () => {
  test.each<[string, Direction, DiskFault["call"], DiskFault["code"], ErrorKind]>([
    ["F-local-01: a full disk", "download", "write", "ENOSPC", "local-full"],
    ["F-local-02: a target that may not be written", "download", "open", "EACCES", "local-permission"],
    ["F-local-02: a source that may not be read", "upload", "open", "EACCES", "local-permission"],
    ["F-local-07: a volume that has gone away", "download", "write", "EIO", "local-disk-failed"],
  ])("%s fails with its reason, and a retry makes it whole", async (_, direction, call, code, kind) => {
    const run = await begin(direction);
    await breakHome(run.engine.home, { call, code });
    await run.start();
    await run.engine.untilQueue(({ failed }) => failed === 1);
    expect(await run.engine.rows("failed")).toMatchObject([
      { errorKind: kind, errorText: expect.stringContaining(code) },
    ]);
    expect(await readdir(run.to)).not.toContain(name);
    await run.engine.call("queue.retry", { filter: "failed" });
    await run.untilWhole();
  });

  test.each<[string, DiskFault["call"], DiskFault["code"]]>([
    ["F-local-06: a target that another program holds", "rename", "EBUSY"],
    ["F-data-setup-11: too many open files", "open", "EMFILE"],
  ])("%s is tried again by itself", async (_, call, code) => {
    const run = await begin("download");
    await breakHome(run.engine.home, { call, code }, { call, code });
    await run.start();
    await run.untilWhole();
    expect(moves(run, "download")).toEqual({ count: 1, bytes: cargo.length });
  });
});

test("F-tls-02: a record that is spoilt on its way ends the try, and the next one makes it whole", async () => {
  const server = await bed.serve(startVsftpd, { tls: "required" });
  const line: FaultyLine = await openFaultyLine(server, (isControl) =>
    isControl || line.met() > 0 ? null : { kind: "flip", at: 500_000 },
  );
  onTestFinished(line.close);
  const { engine, siteId } = await bed.engineWithSite(
    { ...server, port: line.port },
    { host: line.host, encryption: "tls-required" },
  );
  await writeTree(join(server.root, "down"), { files: 6, folders: 2, minBytes: 600_000, maxBytes: 900_000, seed: 5 });
  const connecting = engine.connect(siteId);
  await engine.answer(await engine.untilPrompt("certificate"), { kind: "certificate", decision: "trust-always" });
  const connection = await connecting;
  await engine.call("settings.change", { timeoutMs: 5_000, retryDelayMs: 10 });
  await engine.call("queue.add", {
    direction: "download",
    connectionId: connection.id,
    sources: [{ path: "/down", name: "down", type: "directory", size: null, modifiedMs: null }],
    targetPath: engine.home,
  });
  await engine.untilQueue(({ queued, running, completed }) => completed > 6 && queued + running === 0);
  expect(line.met()).toBeGreaterThan(0);
  expect(await engine.rows("failed")).toEqual([]);
  expect(await hashTree(join(engine.home, "down"))).toEqual(await hashTree(join(server.root, "down")));
});
