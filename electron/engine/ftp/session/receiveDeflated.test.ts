import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../../shared/errors/appError.ts";
import { systemClock } from "../../ports.ts";
import { allocateBuffers } from "./byteBuffers.ts";
import { deflatedReceiver } from "./receiveDeflated.ts";

const buffers = allocateBuffers();

type Received = {
  readonly bytes: Buffer;
  readonly count: number;
  readonly told: number;
  readonly largestWrite: number;
};

/** Sends `chunks` over a real connection, one write each, and receives them as MODE Z. */
async function receive(
  chunks: readonly Uint8Array[],
  { expected = null, write = async () => {} }: { expected?: number | null; write?: () => Promise<void> } = {},
): Promise<Received> {
  const server = createServer(async (peer) => {
    peer.on("error", () => {}).setNoDelay(true);
    for (const chunk of chunks) await new Promise((resolve) => peer.write(chunk, resolve));
    peer.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const pieces: Buffer[] = [];
  let told = 0;
  const receiver = deflatedReceiver({
    buffers,
    sink: {
      write: async (bytes) => {
        await write();
        pieces.push(Buffer.from(bytes));
      },
    },
    onBytes: (count) => {
      told += count;
    },
    timeoutMs: 5000,
    clock: systemClock,
    expected,
    tooMany: () => new AppError("incomplete", "too many"),
  });
  const socket = connect({ port: address.port, host: "127.0.0.1", onread: receiver.onread });
  try {
    const count = await receiver.receive(socket, true);
    const largestWrite = Math.max(0, ...pieces.map(({ length }) => length));
    return { bytes: Buffer.concat(pieces), count, told, largestWrite };
  } finally {
    socket.destroy();
    server.close();
  }
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set([...places.map((place) => place % (bytes.length + 1)), 0, bytes.length])].sort(
    (a, b) => a - b,
  );
  return ends.slice(1).map((end, index) => bytes.subarray(ends[index], end));
}

describe("bytes that come deflated", () => {
  test("are the same, however the connection cuts them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3000 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        async (file, places) => {
          const received = await receive(cut(deflateSync(file), places), { expected: file.length });
          expect(received.bytes.equals(Buffer.from(file))).toBe(true);
          expect([received.count, received.told]).toEqual([file.length, file.length]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("may be none at all for an empty file", async () => {
    expect((await receive([])).count).toBe(0);
    expect((await receive([deflateSync(Buffer.alloc(0))])).count).toBe(0);
  });

  test("are incomplete when the stream is cut, damaged, or followed by anything", async () => {
    const whole = deflateSync(randomBytes(5000));
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(2500) ^ 0x55, 2500);
    for (const bad of [[whole.subarray(0, -1)], [damaged], [whole, Buffer.from("x")], [Buffer.from("150 hello")]]) {
      await expect(receive(bad)).rejects.toMatchObject({ kind: "incomplete" });
    }
  });

  test("never fill memory: what blows up is handed on in pieces, and stopped at the size of the file", async () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024));
    const { count, largestWrite } = await receive([bomb]);
    expect(count).toBe(64 * 1024 * 1024);
    expect(largestWrite).toBeLessThanOrEqual(256 * 1024);
    await expect(receive([bomb], { expected: 1000 })).rejects.toMatchObject({
      kind: "incomplete",
      message: "too many",
    });
  });

  test("stop with the error of a sink that is full", async () => {
    const full = async () => Promise.reject(new AppError("local-full", "no room"));
    await expect(receive([deflateSync(randomBytes(3_000_000))], { write: full })).rejects.toMatchObject({
      kind: "local-full",
    });
  });
});
