// A queue in a process of its own, to be killed. Arguments: folder with local/ and remote/, direction, "add" to bring in the drop, bytes that
// move at a time, "spares" when large files may come over several sessions.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { directionSchema } from "../../../../shared/models/transfer.ts";
import { setUpQueue, untilDiskIsUp } from "./queueBench.ts";

const [base = "", directionText = "", isFirst = "", chunkBytes = "8000", hasSpares = ""] = process.argv.slice(2);
const direction = directionSchema.parse(directionText);
const bench = await setUpQueue({ base, startsLater: true });
await untilDiskIsUp(bench);
bench.server.chunkBytes = Number(chunkBytes);
bench.hasSpares = hasSpares === "spares";
bench.server.delayMs = 3;
bench.server.onMoved = (path, count, way) => {
  if (way === direction) appendFileSync(join(base, "moved.log"), `${count} ${path}\n`); // what is read to be compared is another matter
};
bench.change({ maxTransfers: 3 });
await bench.queue.start();
if (isFirst === "add") await bench[direction](["tree"]);
process.stdout.write("running\n");
await bench.idle();
process.stdout.write(`idle ${JSON.stringify({ ...bench.summary(), asked: bench.asked.length })}\n`);
await bench.queue.close();
await Promise.all([bench.disk.close(), bench.digests.close()]);
