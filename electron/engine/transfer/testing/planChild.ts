// A queue with a plan in a process of its own, to be killed. Arguments: folder with local/ and remote/, direction, "add" to bring in the drop
// as a plan, "start" to start the plan that is there, or "plan" to go on planning.
import { join } from "node:path";
import { directionSchema } from "../../../../shared/models/transfer.ts";
import { setUpQueue, siteId, until, untilDiskIsUp } from "./queueBench.ts";

const [base = "", directionText = "", deed = ""] = process.argv.slice(2);
const direction = directionSchema.parse(directionText);
const bench = await setUpQueue({ base, startsLater: true });
await untilDiskIsUp(bench);
bench.server.delayMs = 1;
bench.change({ maxTransfers: 3, uploadConflict: "overwrite", downloadConflict: "overwrite" });
await bench.queue.start();
if (deed === "add") {
  const found = await bench.source(join(direction === "upload" ? bench.local : bench.remote, "tree"));
  const source = direction === "upload" ? found : { ...found, path: "/tree" };
  const targetPath = direction === "upload" ? "/" : bench.local;
  bench.queue.add({ siteId, direction, sources: [source], targetPath, plansFirst: true });
}
process.stdout.write("running\n");

const plan = () => {
  let left: number | null = null;
  bench.queue.watchPlan(1, (news) => {
    left = news.plan?.pending ?? null;
  })();
  return left;
};
if (deed === "start") {
  await bench.queue.plans.start(1);
  await bench.idle();
} else await until(() => plan() === 0);
process.stdout.write(`ended ${JSON.stringify({ ...bench.summary(), pending: plan() })}\n`);
await bench.queue.close();
await bench.disk.close();
