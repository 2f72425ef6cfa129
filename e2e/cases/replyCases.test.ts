import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { longText, readReplyCase, replyCaseSchema, unfold } from "./replyCase.ts";

const caseSchema = z.extend(replyCaseSchema, {
  expected: z.record(z.string(), z.unknown()),
  accept: z.array(z.record(z.string(), z.unknown())),
});
type Case = z.infer<typeof caseSchema>;

const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(new URL("reply-cases.json", import.meta.url), "utf8")));

/** The notes are for people; a bad reply may be shown as far as it can be read. */
function trim({ note: _note, ...expected }: Record<string, unknown>): Record<string, unknown> {
  return expected;
}

function expand(expected: Record<string, unknown>): Record<string, unknown> {
  const replies = z.safeParse(z.array(z.object({ code: z.number(), lines: z.array(longText) })), expected.replies);
  if (!replies.success) return expected;
  return { ...expected, replies: replies.data.map(({ code, lines }) => ({ code, lines: lines.map(unfold) })) };
}

function isOneOf(got: Record<string, unknown>, { expected, accept }: Case): boolean {
  const answers = [expected, ...accept].map((answer) => trim(expand(answer)));
  return answers.some((answer) => Object.entries(answer).every(([key, value]) => sameJson(got[key], value)));
}

function sameJson(got: unknown, wanted: unknown): boolean {
  try {
    expect(got).toEqual(wanted);
    return true;
  } catch {
    return false;
  }
}

describe("the reply cases", () => {
  const table = cases.map((row) => ({ id: row.id, row }));

  test.each(table)("$id is read as the case file says", ({ row }) => {
    const got = readReplyCase(row, row.chunks.map(unfold));
    expect(got, JSON.stringify(row)).toSatisfy(() => isOneOf(got, row));
  });

  test.each(table)("$id reads the same wherever it is cut", ({ row }) => {
    const text = row.chunks.map(unfold).join("");
    const whole = readReplyCase(row, [text]);
    const step = Math.max(1, Math.floor(text.length / 60)); // every byte of an ordinary reply, samples of the huge ones
    for (let at = 1; at < text.length; at += step)
      expect(readReplyCase(row, [text.slice(0, at), text.slice(at)])).toEqual(whole);
    if (text.length < 10_000) expect(readReplyCase(row, [...text])).toEqual(whole);
  });
});
