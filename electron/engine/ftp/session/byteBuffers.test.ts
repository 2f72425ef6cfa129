import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Clock } from "../../ports.ts";
import type { ByteSink } from "../../sessions/remoteSession.ts";
import { allocateBuffers, type BufferPair, byteCollector } from "./byteBuffers.ts";

const record = 16 * 1024; // what TLS brings at a time

/** One timer, that goes off when the test says so. */
function createLull() {
  const lull = { isAwaited: false, comes: () => {} };
  const clock: Clock = {
    now: () => 0,
    setTimer: (_, callback) => {
      lull.isAwaited = true;
      lull.comes = () => {
        lull.isAwaited = false;
        callback();
      };
      return () => {
        lull.isAwaited = false;
      };
    },
  };
  return { lull, clock };
}

function collect(options: { readonly sink?: ByteSink; readonly buffers?: BufferPair } = {}) {
  const written: number[] = [];
  const { lull, clock } = createLull();
  const errors: unknown[] = [];
  const counts = { bytes: 0, spaces: 0 };
  const collector = byteCollector({
    buffers: options.buffers ?? allocateBuffers(),
    sink: options.sink ?? { write: async (bytes) => void written.push(bytes.length) },
    clock,
    onBytes: (count) => {
      counts.bytes += count;
    },
    onSpace: () => {
      counts.spaces += 1;
    },
    onError: (error) => errors.push(error),
  });
  return { collector, written, lull, errors, counts };
}

const turn = () => new Promise(setImmediate);

describe("bytes between a socket and a sink", () => {
  test("that come in small pieces are written in large ones", async () => {
    const { collector, written } = collect();
    for (let count = 0; count < 40; count++) {
      collector.advance(record);
      await turn();
    }
    await collector.drain();
    expect(written).toEqual([32 * record, 8 * record]);
  });

  test("are written in a lull, however few they are, and reading goes on behind them", async () => {
    const { collector, written, lull, counts } = collect();
    const before = collector.target().length;
    collector.advance(5);
    expect([written, lull.isAwaited]).toEqual([[], true]);
    lull.comes();
    await turn();
    expect([written, counts.bytes]).toEqual([[5], 5]);
    expect(collector.target().length).toBe(before - 5); // a read that has begun goes to the same buffer
    collector.advance(6);
    await collector.drain();
    expect([written, lull.isAwaited]).toEqual([[5, 6], false]);
  });

  test("that come while the sink is busy are written when it is free", async () => {
    const writing = Promise.withResolvers<void>();
    const written: number[] = [];
    const sink: ByteSink = {
      write: async (bytes) => {
        written.push(bytes.length);
        await writing.promise;
      },
    };
    const { collector, counts } = collect({ sink });
    const reads: number[] = [];
    while (!collector.isFull) {
      const { length } = collector.target();
      reads.push(length);
      collector.advance(length);
    }
    expect([collector.isWriting, written.length]).toEqual([true, 1]);
    writing.resolve();
    await collector.drain();
    expect(counts).toEqual({ bytes: reads.reduce((sum, each) => sum + each, 0), spaces: 1 });
  });

  test("are not offered again to a sink that has failed", async () => {
    let writes = 0;
    const sink: ByteSink = {
      write: async () => {
        writes += 1;
        throw new Error("full");
      },
    };
    const { collector, errors, lull } = collect({ sink });
    collector.advance(600_000);
    await turn();
    collector.advance(600_000);
    await collector.drain();
    expect([errors.length, writes, lull.isAwaited]).toEqual([1, 1, false]);
  });

  test("arrive in order, each once, whatever they come in and however slow the sink is", async () => {
    const step = fc.record({
      most: fc.integer({ min: 1, max: 400_000 }),
      after: fc.constantFrom("go", "turn", "lull"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 3 })),
        async (steps, delays) => {
          let next = 0;
          let expected = 0;
          let delayAt = 0;
          const sink: ByteSink = {
            write: async (bytes) => {
              for (let left = delays[delayAt++ % Math.max(delays.length, 1)] ?? 0; left > 0; left--) await turn();
              for (const byte of bytes) {
                if (byte !== expected % 251) throw new Error(`byte ${expected}`);
                expected += 1;
              }
            },
          };
          const { collector, errors, lull } = collect({ sink });
          for (const { most, after } of steps) {
            if (!collector.isFull) {
              const into = collector.target().subarray(0, most);
              for (let at = 0; at < into.length; at++) into[at] = next++ % 251;
              collector.advance(into.length);
            }
            if (after === "turn") await turn();
            if (after === "lull" && lull.isAwaited) lull.comes();
          }
          await collector.drain();
          expect([errors, expected]).toEqual([[], next]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
