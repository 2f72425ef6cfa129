import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { QueueSummary } from "../../../shared/models/transfer.ts";
import { startEngine, type TestEngine } from "../../support/engine.ts";
import type { Address, Contender, Job } from "./contender.ts";

/**
 * Portside as people use it: the whole engine with its queue on disk, browsing session and log. The clock runs from the drop to the
 * moment the queue is empty; transfers log in within that time, as the peers do.
 */
export const portside: Contender = {
  name: "Portside",
  run: async (job, server) => {
    const folder = await mkdtemp(join(tmpdir(), "portside-bench-"));
    const engine = await startEngine(folder);
    try {
      if (job.parallel !== null) await engine.call("settings.change", { maxTransfers: job.parallel });
      const connectionId = await connect(engine, job, server);
      const input = { direction: job.direction, connectionId, ...(await describeDrop(job, engine)) };
      const cpuBefore = process.cpuUsage();
      const began = performance.now();
      await engine.call("queue.add", input);
      const summary = await untilEmpty(engine);
      const wallMs = performance.now() - began;
      const { user, system } = process.cpuUsage(cpuBefore);
      if (summary.failed > 0) throw new Error(`${summary.failed} transfers failed: ${await firstFailure(engine)}`);
      return { wallMs, cpuMs: (user + system) / 1000 };
    } finally {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function connect(engine: TestEngine, { isEncrypted }: Job, { host, port, user, password }: Address) {
  const encryption = isEncrypted ? ("tls-required" as const) : ("plain" as const);
  const siteId = await engine.createSite({ host, port, user, encryption, minTlsVersion: "TLSv1.3" }, password);
  const connecting = engine.connect(siteId);
  if (isEncrypted) {
    const prompt = await engine.untilPrompt("certificate");
    await engine.answer(prompt, { kind: "certificate", decision: "trust-always" });
  }
  const { id, status } = await connecting;
  if (status.state !== "connected") throw new Error(`Portside is ${status.state}.`);
  return id;
}

/** What a drag hands over: the entry with the facts its pane shows. */
async function describeDrop(job: Job, engine: TestEngine) {
  const type = job.shape === "file" ? ("file" as const) : ("directory" as const);
  if (job.direction === "upload") {
    const { sources } = await engine.call("local.describe", { paths: [join(job.localFolder, job.name)] });
    return { sources, targetPath: job.remoteFolder };
  }
  const source = { path: `${job.remoteFolder}/${job.name}`, name: job.name, type, size: null, modifiedMs: null };
  return { sources: [source], targetPath: job.localFolder };
}

function untilEmpty({ engine }: TestEngine): Promise<QueueSummary> {
  return new Promise((resolve) => {
    let stop = () => {};
    stop = engine.api["queue.watchSummary"]({}, (summary) => {
      const open = summary.queued + summary.running + summary.waiting + summary.paused;
      if (open > 0 || summary.completed + summary.failed === 0) return;
      setImmediate(() => stop());
      resolve(summary);
    });
  });
}

async function firstFailure(engine: TestEngine): Promise<string> {
  const [row] = await engine.rows("failed");
  return `${row?.remoteDisplayPath}: ${row?.errorKind}, ${row?.errorText}`;
}
