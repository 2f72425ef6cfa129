// The slow line of slowLine.ts, in a process of its own. Argument: what to carry from where to where, as JSON. Ends with its standard input.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import * as z from "zod/mini";

const setUpSchema = z.object({
  ports: z.array(z.int()),
  from: z.string(),
  to: z.string(),
  roundTripMs: z.number(),
  bytesPerSecond: z.nullable(z.number()),
});
const { ports, from, to, roundTripMs, bytesPerSecond } = setUpSchema.parse(JSON.parse(process.argv[2] ?? "null"));
const delayMs = roundTripMs / 2;
const msPerByte = bytesPerSecond === null ? 0 : 1000 / bytesPerSecond;
/** As much as a line of this length and rate holds, and a little for the timers' sake. */
const lineBytes = 1024 * 1024 + (bytesPerSecond ?? 400e6) * (roundTripMs / 1000);

await Promise.all(ports.map(serve));
process.stdout.write("ready\n");
process.stdin.resume().once("end", () => process.exit());

async function serve(port: number): Promise<void> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ host: to, port, allowHalfOpen: true, noDelay: true });
    carry(near, far);
    carry(far, near);
  });
  server.listen({ port, host: from });
  await once(server, "listening");
}

/** Bytes leave at the line's rate, one after the other, and arrive `delayMs` later; so does the end. */
function carry(source: Socket, target: Socket): void {
  const onTheWay: { readonly atMs: number; readonly bytes: Buffer | null }[] = [];
  let count = 0;
  let isFreeAtMs = 0;
  let isWaiting = false;

  function send(bytes: Buffer | null): void {
    isFreeAtMs = Math.max(isFreeAtMs, performance.now()) + (bytes?.length ?? 0) * msPerByte;
    onTheWay.push({ atMs: isFreeAtMs + delayMs, bytes });
    count += bytes?.length ?? 0;
    if (count > lineBytes) source.pause();
    if (!isWaiting) wait();
  }

  function wait(): void {
    const [next] = onTheWay;
    isWaiting = next !== undefined;
    if (next !== undefined) setTimeout(arrive, Math.max(0, next.atMs - performance.now()));
  }

  function arrive(): void {
    while (onTheWay[0] !== undefined && onTheWay[0].atMs <= performance.now()) {
      const { bytes } = onTheWay.shift() ?? { bytes: null };
      count -= bytes?.length ?? 0;
      if (count <= lineBytes) source.resume();
      if (bytes === null) target.end();
      else if (!target.write(bytes)) return void target.once("drain", arrive);
    }
    wait();
  }

  source
    .on("data", send)
    .on("end", () => send(null))
    .on("error", () => target.resetAndDestroy())
    .on("close", () => setTimeout(() => target.destroy(), delayMs + 1000));
}
