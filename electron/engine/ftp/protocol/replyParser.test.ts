import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../../shared/errors/appError.ts";
import { type Reply, replyLines, replyParser } from "./replyParser.ts";

function parse(chunks: readonly Uint8Array[]): { replies: Reply[]; error: string | null; pending: number } {
  const parser = replyParser();
  const replies: Reply[] = [];
  try {
    for (const chunk of chunks) replies.push(...parser.push(chunk));
    return { replies, error: null, pending: parser.pendingBytes };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { replies, error: error.kind, pending: 0 };
  }
}

const bytes = (text: string) => Buffer.from(text, "latin1");

describe("replyParser", () => {
  test("gives a reply with its line end, not with its packet", () => {
    expect(parse([bytes("226 Transfer comp")])).toEqual({ replies: [], error: null, pending: 17 });
    expect(parse([bytes("226 Transfer comp"), bytes("lete\r"), bytes("\n")]).replies).toEqual([
      { code: 226, lines: ["Transfer complete"] },
    ]);
  });

  test("keeps lines of other codes inside a multi-line reply as text", () => {
    expect(parse([bytes("230-Hello\r\n220 not the end\r\n 230 nor this\r\n230 In\r\n")]).replies).toEqual([
      { code: 230, lines: ["Hello", "220 not the end", " 230 nor this", "In"] },
    ]);
  });

  test("shows a reply in the log as it came", () => {
    const [features, done] = parse([bytes("211-Features\r\n SIZE\r\n211 End\r\n226 Done\r\n")]).replies;
    expect(features && replyLines(features)).toEqual(["211-Features", " SIZE", "211 End"]);
    expect(done && replyLines(done)).toEqual(["226 Done"]);
  });

  test("refuses a line above 64 KiB and a reply above 256 KiB", () => {
    expect(parse([bytes(`220 ${"x".repeat(65 * 1024)}`)]).error).toBe("malformed-reply");
    expect(parse([bytes(`220-a\r\n${"more\r\n".repeat(50_000)}`)]).error).toBe("malformed-reply");
  });

  test("tells at the first byte that the other side does not speak FTP", () => {
    expect(parse([Buffer.from([0x16, 3, 3])]).error).toBe("malformed-reply");
    expect(parse([bytes("SSH-2.0-")]).error).toBe("malformed-reply");
  });

  test("survives any bytes, and reads them the same however they are cut", () => {
    const anything = fc.array(
      fc.oneof(
        fc.constantFrom("220 a\r\n", "220-a\r\n", "\r\n", "\n", "\r\0", "220", "2", "150-", " ", "-", "\0"),
        fc.string({ unit: "binary", maxLength: 5 }).map((text) => Buffer.from(text, "utf8").toString("latin1")),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anything, fc.array(fc.nat(40), { maxLength: 4 }), (parts, cuts) => {
        const all = bytes(parts.join(""));
        const edges = [0, ...cuts.map((cut) => Math.min(cut, all.length)).toSorted((a, b) => a - b), all.length];
        const chunks = edges.slice(1).map((edge, index) => all.subarray(edges[index], edge));
        const whole = parse([all]);
        const cut = parse(chunks);
        expect({ replies: cut.replies, error: cut.error }).toEqual({
          replies: whole.error ? cut.replies : whole.replies,
          error: whole.error,
        });
      }),
      { seed: 959, numRuns: 2000 },
    );
  });

  test("takes time in proportion to the bytes, also one byte at a time", () => {
    const line = bytes(`220 ${"x".repeat(60_000)}\r\n`);
    const parser = replyParser();
    const before = process.threadCpuUsage();
    for (let at = 0; at < line.length; at++) parser.push(line.subarray(at, at + 1));
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(500);
  });
});
