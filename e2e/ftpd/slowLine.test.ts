import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type LineQuality, openSlowLine } from "./slowLine.ts";

const undos: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

/** A server that sends back what it hears, behind a line. */
async function echoBehind(quality: LineQuality) {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  undos.push(() => new Promise((resolve) => server.close(() => resolve())));
  const line = await openSlowLine({ host: "127.0.0.1", port, passive: { first: port, last: port - 1 } }, quality);
  undos.push(line.close);
  return line;
}

async function exchange(line: { host: string; port: number }, bytes: Buffer) {
  const socket = connect({ host: line.host, port: line.port });
  const began = performance.now();
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.end(bytes);
  await once(socket, "close");
  return { back: Buffer.concat(chunks), tookMs: performance.now() - began };
}

describe("a slow line", () => {
  test("brings every byte, in order, and the end after them", async () => {
    const line = await echoBehind({ roundTripMs: 20, bytesPerSecond: null });
    const bytes = randomBytes(3_000_000);
    expect((await exchange(line, bytes)).back.equals(bytes)).toBe(true);
  });

  test("an answer takes the handshake and a round trip", async () => {
    const line = await echoBehind({ roundTripMs: 100, bytesPerSecond: null });
    expect((await exchange(line, Buffer.from("hello"))).tookMs).toBeGreaterThan(195);
  });

  test("bytes take the time their number needs", async () => {
    const line = await echoBehind({ roundTripMs: 0, bytesPerSecond: 1_000_000 });
    expect((await exchange(line, randomBytes(300_000))).tookMs).toBeGreaterThan(295);
  });
});
