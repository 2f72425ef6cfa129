import { expect, test } from "vitest";
import type { LogKind } from "../../../shared/models/logLine.ts";
import { findAnswer } from "./findAnswer.ts";

const line = (id: number, atMs: number, kind: LogKind, text: string) => ({
  id,
  atMs,
  kind,
  session: "transfer 1",
  text,
});
const log = [
  line(1, 1_000, "command", "STOR /a"),
  line(2, 1_100, "reply", "452 No space left"),
  line(3, 1_101, "error", "/a: 452 No space left"),
  line(4, 9_000, "reply", "452 No space left"),
];

test.each([
  ["the reply goes before the sentence that quotes it", "452 No space left", 1_150, 2],
  ["of two equal answers the later one belongs to the later end", "452 No space left", 9_100, 4],
  ["an answer of several lines is found by its first", "452 No space left\nquota used up", 1_150, 2],
  ["what the log no longer has is not found", "550 Gone", 1_150, null],
  ["a failure without words has no line", null, 1_150, null],
])("%s", (_, errorText, finishedMs, expected) => {
  expect(findAnswer(log, { errorText, finishedMs })?.id ?? null).toBe(expected);
});

test("a system's own words are found in Portside's sentence", () => {
  const own = [line(7, 500, "error", "/b: ENOSPC: no space left on device")];
  expect(findAnswer(own, { errorText: "ENOSPC: no space left on device", finishedMs: 500 })?.id).toBe(7);
});
