import { type FaultyLine, openFaultyLine } from "../ftpd/faultyLine.ts";
import { type RealServer, startVsftpd } from "../ftpd/realServers.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { makeScratch } from "../support/portside.ts";
import { createRandom } from "../support/trees.ts";
import { dropGoods, expectArrived, layOutGoods } from "./goods.ts";
import { watchLeaks } from "./leaks.ts";
import { untilIdle } from "./untilIdle.ts";

export type LinePlan = {
  readonly seed: number;
  readonly faults: number;
  readonly transfers: number;
  readonly isEncrypted: boolean;
};

export type LineReport = {
  readonly seed: number;
  /** Connections that were cut, reset or stalled while the engine used them. */
  readonly faults: number;
  readonly transfers: number;
  readonly batches: number;
  readonly leaked: number;
};

const batchTransfers = 150;
const maxBytes = 120_000;

/**
 * Moves files both ways through a real server while the line between loses connections at seeded moments. Nothing of that is final: in
 * the end all is there, and no transfer has failed. Throws otherwise.
 */
export async function runLineFaults(plan: LinePlan, say: (line: string) => void): Promise<LineReport> {
  const random = createRandom(plan.seed);
  const countLeaks = watchLeaks();
  const report = { seed: plan.seed, faults: 0, transfers: 0, batches: 0 };
  while (report.transfers < plan.transfers || report.faults < plan.faults) {
    const share = plan.faults / plan.transfers;
    const batch = await runBatch(random, share, plan.isEncrypted);
    report.batches += 1;
    report.faults += batch.faults;
    report.transfers += batch.transfers;
    say(`  ${report.faults} faults, ${report.transfers} transfers, all there`);
  }
  return { ...report, leaked: await countLeaks() };
}

async function runBatch(random: () => number, share: number, isEncrypted: boolean) {
  const { folder, remove } = await makeScratch("lines");
  const server = await startVsftpd(isEncrypted ? { tls: "required", requireReuse: true } : {});
  const line = await openFaultyLine(server, (isControl) => {
    if (random() >= share) return null;
    const kind = (["cut", "reset", "stall"] as const)[Math.floor(random() * 3)] ?? "cut";
    return { kind, at: 1 + Math.floor(random() * (isControl ? 4_000 : maxBytes)) };
  });
  const engine = await startEngine(folder);
  try {
    const goods = { transfers: batchTransfers, maxBytes, seed: Math.floor(random() * 1e9) };
    await layOutGoods(engine.home, server.root, goods);
    server.handOver();
    await engine.call("settings.change", {
      ...{ maxTransfers: 1 + Math.floor(random() * 10), maxRetries: 50, retryDelayMs: 20, timeoutMs: 1_000 },
    });
    const connectionId = await connect(engine, server, line, isEncrypted);
    await dropGoods(engine, connectionId, engine.home);
    const { failed, completed } = await untilIdle(engine);
    if (failed > 0) throw new Error(`${failed} failed: ${JSON.stringify((await engine.rows("failed"))[0])}`);
    return { faults: line.met(), transfers: await expectArrived(engine.home, server.root, engine.home, completed) };
  } finally {
    await engine.close();
    await line.close();
    await server.stop();
    await remove();
  }
}

/** The line may fail while the first connection is made; it comes by itself in the end. */
async function connect(
  engine: TestEngine,
  server: RealServer,
  line: FaultyLine,
  isEncrypted: boolean,
): Promise<string> {
  const encryption = isEncrypted ? ("tls-required" as const) : ("plain" as const);
  const site = { host: line.host, port: line.port, user: server.user, encryption };
  const siteId = await engine.createSite(site, server.password);
  const { connectionId } = await engine.call("connections.open", { siteId });
  const connected = engine.untilConnection(connectionId, ({ status }) => {
    if (status.state === "failed") void engine.call("connections.reconnect", { connectionId });
    return status.state === "connected";
  });
  if (isEncrypted) {
    const prompt = await engine.untilPrompt("certificate");
    await engine.answer(prompt, { kind: "certificate", decision: "trust-always" });
  }
  await connected;
  return connectionId;
}
