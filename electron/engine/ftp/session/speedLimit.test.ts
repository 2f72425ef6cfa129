import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket, type TcpNetConnectOpts } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../../shared/errors/appError.ts";
import { systemClock } from "../../ports.ts";
import type { Allowance } from "../../sessions/remoteSession.ts";
import { allocateBuffers } from "./byteBuffers.ts";
import { byteReceiver } from "./receiveBytes.ts";
import { sendBytes } from "./sendBytes.ts";

const total = 300_000;
const piece = 10_000;
const timeoutMs = 150;
const waitingLongerMs = 500; // than the time limit on silence

/** Lets one piece through at a time, when the test says so. */
function createGate() {
  const gate = { pieces: 0, bytes: 0, goOn: () => {}, isOpen: false };
  const allowance: Allowance = {
    pieceBytes: () => (gate.isOpen ? null : piece),
    take: (bytes) => {
      gate.pieces += 1;
      gate.bytes += bytes;
      if (gate.isOpen) return null;
      return new Promise((resolve) => {
        gate.goOn = resolve;
      });
    },
    close: () => {},
  };
  return { gate, allowance };
}

let ours: Socket;
let theirs: Socket;
let close: () => Promise<void>;
async function connectPair(options: Pick<TcpNetConnectOpts, "onread"> = {}): Promise<void> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  ours = connect({ ...options, port, host: "127.0.0.1" });
  [theirs] = (await once(server, "connection")) as [Socket];
  theirs.on("error", () => {});
  close = async () => {
    ours.destroy();
    theirs.destroy();
    server.close();
    await once(server, "close");
  };
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(() => close());

describe.each(["straight into our buffers", "as chunks"])("receiving %s under a speed limit", (how) => {
  const readsDirectly = how === "straight into our buffers";

  test("stands still until it may go on, is not taken for silence, and misses nothing", async () => {
    const { gate, allowance } = createGate();
    let taken = 0;
    const receiver = byteReceiver({
      buffers: allocateBuffers(),
      sink: {
        write: async (bytes) => {
          taken += bytes.length;
        },
      },
      onBytes: () => {},
      timeoutMs,
      clock: systemClock,
      expected: total,
      tooMany: () => new AppError("incomplete", "Too many"),
      allowance,
    });
    await connectPair(readsDirectly ? { onread: receiver.onread } : {});
    if (!readsDirectly) ours.pause();
    const received = receiver.receive(ours, readsDirectly);
    theirs.end(Buffer.alloc(total));
    await pause(waitingLongerMs);
    expect(gate.pieces).toBe(1);
    expect(taken).toBe(gate.bytes);
    expect(taken).toBeLessThanOrEqual(readsDirectly ? piece : 64 * 1024);
    const first = taken;
    gate.goOn();
    await pause(50);
    expect(gate.pieces).toBe(2);
    expect(taken).toBeGreaterThan(first);
    gate.isOpen = true;
    gate.goOn();
    expect(await received).toBe(total);
    expect(taken).toBe(total);
    expect(gate.bytes).toBe(total);
  });
});

describe("sending under a speed limit", () => {
  let arrived = 0;
  beforeEach(async () => {
    await connectPair();
    arrived = 0;
    theirs.on("data", (chunk: Buffer) => {
      arrived += chunk.length;
    });
  });

  const send = (allowance: Allowance) => {
    let left = total;
    return sendBytes(ours, {
      source: {
        read: async (into) => {
          const count = Math.min(into.length, left);
          left -= count;
          return count;
        },
      },
      length: total,
      buffers: allocateBuffers(),
      onBytes: () => {},
      timeoutMs,
      allowance,
      signal: new AbortController().signal,
    });
  };

  test("stands still until it may go on, is not taken for silence, and leaves nothing out", async () => {
    const { gate, allowance } = createGate();
    const sent = send(allowance);
    await pause(waitingLongerMs);
    expect({ pieces: gate.pieces, arrived }).toEqual({ pieces: 1, arrived: 0 });
    gate.goOn();
    await pause(50);
    expect({ pieces: gate.pieces, arrived }).toEqual({ pieces: 2, arrived: piece });
    gate.isOpen = true;
    gate.goOn();
    expect(await sent).toBe(total);
    await once(theirs, "end");
    expect(arrived).toBe(total);
    expect(gate.bytes).toBe(total);
  });

  test("a connection that breaks while the limit holds ends the transfer at once", async () => {
    const sent = send(createGate().allowance);
    theirs.destroy();
    await expect(sent).rejects.toMatchObject({ kind: "transfer-aborted" });
  });
});
