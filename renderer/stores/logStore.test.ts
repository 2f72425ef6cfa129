import { expect, test } from "vitest";
import type { LogLine } from "../../shared/models/logLine.ts";
import { applyLogCleared, applyLogLines, initialLog, sessionsOf } from "./logStore.ts";

function line(id: number, session: string | null = "browse 1"): LogLine {
  return { id, atMs: id, kind: "command", session, text: `NOOP ${id}` };
}

test("lines that come again with a stream opened anew are not doubled", () => {
  const state = applyLogLines(initialLog, [line(1), line(2)]);
  expect(applyLogLines(state, [line(1), line(2), line(3)]).lines.map((each) => each.id)).toEqual([1, 2, 3]);
});

test("cleared lines do not come back with a stream opened anew", () => {
  const cleared = applyLogCleared(applyLogLines(initialLog, [line(1), line(2)]));
  expect(cleared.lines).toEqual([]);
  expect(applyLogLines(cleared, [line(1), line(2)]).lines).toEqual([]);
  expect(applyLogLines(cleared, [line(1), line(2), line(3)]).lines).toEqual([line(3)]);
});

test("an engine that was started afresh counts from the beginning: its lines replace the old ones", () => {
  const state = applyLogCleared(applyLogLines(initialLog, [line(500)]));
  expect(applyLogLines(state, [line(1), line(2)]).lines.map((each) => each.id)).toEqual([1, 2]);
});

test("the oldest lines make room for new ones", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => line(index));
  const { lines } = applyLogLines(applyLogLines(initialLog, many), [line(10_000)]);
  expect(lines.length).toBe(10_000);
  expect(lines[0]?.id).toBe(1);
});

test("a reply of several lines is shown line by line", () => {
  const reply = { ...line(1), text: "211-Features:\r\n MLST\n211 End" };
  expect(applyLogLines(initialLog, [reply]).lines.map((each) => each.text)).toEqual([
    "211-Features:",
    " MLST",
    "211 End",
  ]);
});

test("the sessions that spoke are named once each, in order", () => {
  const lines = [line(1, null), line(2, "browse 1"), line(3, "transfer 1"), line(4, "browse 1")];
  expect(sessionsOf(lines)).toEqual(["browse 1", "transfer 1"]);
});
