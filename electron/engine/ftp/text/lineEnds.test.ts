import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textSink, textSource } from "./lineEnds.ts";

/** What a sink on a system with these line ends gets of runs of wire bytes. */
async function receive(runs: readonly Uint8Array[], lineEnd = "\n"): Promise<{ text: string; counted: number }> {
  let text = "";
  let counted = 0;
  const write = async (bytes: Uint8Array) => {
    text += Buffer.from(bytes).toString("latin1");
  };
  const sink = textSink({ write }, lineEnd, (count) => {
    counted += count;
  });
  for (const run of runs) await sink.write(Uint8Array.from(run));
  await sink.end();
  return { text, counted };
}

/** What goes on the wire of a source that gives these runs, each as far as there is room. */
async function send(runs: readonly Uint8Array[], room = 64): Promise<{ text: string; counted: number }> {
  const waiting = runs.map((run) => Buffer.from(run)).filter(({ length }) => length > 0);
  const length = waiting.reduce((sum, run) => sum + run.length, 0);
  const read = async (into: Uint8Array) => {
    const [run] = waiting;
    if (run === undefined) return 0;
    const count = run.copy(into);
    if (count === run.length) waiting.shift();
    else waiting[0] = run.subarray(count);
    return count;
  };
  let counted = 0;
  const source = textSource({ read }, length, (count) => {
    counted += count;
  });
  let text = "";
  for (;;) {
    const into = Buffer.alloc(room);
    const count = await source.read(into);
    if (count === 0) return { text, counted };
    text += into.toString("latin1", 0, count);
  }
}

const bytesOf = (text: string) => Buffer.from(text, "latin1");

describe("text that comes", () => {
  test.each([
    ["lines", "a\r\nb\r\n", "a\nb\n"],
    ["a CR of its own", "a\rb\r", "a\rb\r"],
    ["a LF of its own", "a\nb\r\n", "a\nb\n"],
    ["a CR before a line end", "a\r\r\nb", "a\r\nb"],
    ["mixed ends", "\r\n\n\r\r\n", "\n\n\r\n"],
    ["nothing", "", ""],
    ["bytes beyond ASCII", "\xb2\xe2\r\n\xff\r\n", "\xb2\xe2\n\xff\n"],
  ])("has its line ends converted once: %s", async (_, wire, local) => {
    expect(await receive([bytesOf(wire)])).toEqual({ text: local, counted: local.length });
  });

  test("stays as it travelled where lines end in CR LF", async () => {
    const wire = "a\r\nb\nc\rd\r";
    expect(await receive([bytesOf(wire)], "\r\n")).toEqual({ text: wire, counted: wire.length });
  });
});

describe("text that goes", () => {
  test.each([
    ["lines", "a\nb\n", "a\r\nb\r\n"],
    ["lines that end in CR LF already", "a\r\nb\r\n", "a\r\nb\r\n"],
    ["a CR of its own", "a\rb\r", "a\rb\r"],
    ["mixed ends", "\n\r\n\r\r\n\n", "\r\n\r\n\r\r\n\r\n"],
    ["nothing", "", ""],
    ["nothing but line ends", "\n".repeat(200), "\r\n".repeat(200)],
  ])("has its line ends converted once: %s", async (_, local, wire) => {
    expect(await send([bytesOf(local)])).toEqual({ text: wire, counted: local.length });
  });

  test("must be as long as it was said to be", async () => {
    const source = textSource({ read: async () => 0 }, 5, () => {});
    await expect(source.read(Buffer.alloc(10))).rejects.toMatchObject({ kind: "local-changed" });
  });
});

const text = fc.array(fc.constantFrom("\r", "\n", "\r\n", "a", "\xe9"), { maxLength: 24 }).map((all) => all.join(""));

/** The text in runs that are cut at these places. */
function cut(whole: string, places: readonly number[]): Buffer[] {
  const ends = [...places.map((place) => place % (whole.length + 1)), whole.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytesOf(whole.slice(ends[index - 1] ?? 0, end)));
}

describe("wherever text is cut", () => {
  test("it arrives the same", async () => {
    const property = fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 6 }), async (whole, places) => {
      expect((await receive(cut(whole, places))).text).toBe(whole.replaceAll("\r\n", "\n"));
    });
    await fc.assert(property, { numRuns: 1_000 });
  });

  test("it leaves the same, through buffers of any size", async () => {
    const places = fc.array(fc.nat(), { maxLength: 6 });
    const property = fc.asyncProperty(text, places, fc.integer({ min: 2, max: 40 }), async (whole, cuts, room) => {
      expect((await send(cut(whole, cuts), room)).text).toBe(whole.replaceAll(/\r?\n/g, "\r\n"));
    });
    await fc.assert(property, { numRuns: 1_000 });
  });

  test("there and back gives what was, for text without CR", async () => {
    const plain = text.map((whole) => whole.replaceAll("\r", ""));
    const property = fc.asyncProperty(plain, async (whole) => {
      expect((await receive([bytesOf((await send([bytesOf(whole)])).text)])).text).toBe(whole);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
