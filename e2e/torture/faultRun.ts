import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ScriptedServer, startScriptedServer } from "../ftpd/scriptedServer.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { makeScratch } from "../support/portside.ts";
import { createRandom } from "../support/trees.ts";
import { breakDisk } from "./diskFaults.ts";
import { finalKinds, type PlannedFault, planFaults } from "./faultPlan.ts";
import { dropGoods, expectArrived, layOutGoods } from "./goods.ts";
import { watchLeaks } from "./leaks.ts";
import { untilIdle } from "./untilIdle.ts";

export type FaultPlan = { readonly seed: number; readonly faults: number; readonly transfers: number };

export type FaultReport = {
  readonly seed: number;
  readonly faults: number;
  readonly transfers: number;
  readonly batches: number;
  /** Transfers that a server or disk had refused in words, and the user tried again. */
  readonly refused: number;
  /** Sockets and timers that were left when all was closed. */
  readonly leaked: number;
};

const batchTransfers = 150;
const maxBytes = 120_000;

/**
 * Moves files both ways while servers, lines and disks fail at seeded moments. In the end every file is there, byte by byte, none is
 * lost, doubled or stuck; what a server or a disk refused in words waits as failed until it is tried again. Throws otherwise.
 */
export async function runFaults(plan: FaultPlan, say: (line: string) => void): Promise<FaultReport> {
  const random = createRandom(plan.seed);
  const batches = Math.ceil(plan.transfers / batchTransfers);
  const countLeaks = watchLeaks();
  const report = { seed: plan.seed, faults: 0, transfers: 0, batches: 0, refused: 0 };
  while (report.batches < batches) {
    const count = Math.round((plan.faults * (report.batches + 1)) / batches) - report.faults;
    const batch = await runBatch(random, count);
    report.batches += 1;
    report.faults += count;
    report.transfers += batch.transfers;
    report.refused += batch.refused;
    say(`  ${report.faults} faults, ${report.transfers} transfers, all there`);
  }
  return { ...report, leaked: await countLeaks() };
}

async function runBatch(random: () => number, count: number): Promise<{ transfers: number; refused: number }> {
  const { folder, remove } = await makeScratch("faults");
  const server = await startScriptedServer();
  const engine = await startEngine(folder);
  try {
    const goods = { transfers: batchTransfers, maxBytes, seed: Math.floor(random() * 1e9) };
    await layOutGoods(engine.home, server.root, goods);
    const connectionId = await connect(engine, server, 1 + Math.floor(random() * 10));
    const into = join(engine.home, "in");
    const mend = await plant(planFaults(random, count, Math.floor(batchTransfers / 2), maxBytes), server, into);
    await mkdir(into);
    await dropGoods(engine, connectionId, into);
    const refused = await workUntilDone(engine);
    mend();
    const { completed } = await engine.untilQueue(() => true);
    return { transfers: await expectArrived(engine.home, server.root, into, completed), refused };
  } finally {
    await engine.close();
    await server.stop();
    await remove();
  }
}

async function connect(engine: TestEngine, server: ScriptedServer, atOnce: number): Promise<string> {
  await engine.call("settings.change", { maxTransfers: atOnce, maxRetries: 5, retryDelayMs: 20, timeoutMs: 1_000 });
  const siteId = await engine.createSite(
    { port: server.port, user: server.user, encryption: "plain" },
    server.password,
  );
  const { id, status } = await engine.connect(siteId);
  if (status.state !== "connected") throw new Error(`The connection is ${status.state}`);
  return id;
}

async function plant(
  faults: readonly PlannedFault[],
  server: ScriptedServer,
  localFolder: string,
): Promise<() => void> {
  for (const fault of faults) {
    if (fault.where === "command") server.failCommand(fault.aim, fault.fault);
    if (fault.where === "data") server.failData(fault.aim, fault.fault);
  }
  return breakDisk(
    localFolder,
    faults.filter((fault) => fault.where === "disk"),
  );
}

/** Tries again what was refused, as a user would, until nothing is left. Returns how often that was. */
async function workUntilDone(engine: TestEngine): Promise<number> {
  for (let refused = 0; ; ) {
    await untilIdle(engine);
    const failed = await engine.rows("failed");
    if (failed.length === 0) return refused;
    const unexpected = failed.filter(({ errorKind }) => !finalKinds.includes(errorKind ?? ""));
    if (unexpected.length > 0) {
      const [first] = unexpected;
      throw new Error(
        `${unexpected.length} failed; ${first?.remoteDisplayPath}: ${first?.errorKind}, ${first?.errorText}`,
      );
    }
    refused += failed.length;
    await engine.call("queue.retry", { filter: "failed" });
  }
}
