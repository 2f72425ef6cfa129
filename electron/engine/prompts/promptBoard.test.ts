import { expect, test } from "vitest";
import type { Prompt } from "../../../shared/models/prompt.ts";
import { systemClock } from "../ports.ts";
import { createPromptBoard } from "./promptBoard.ts";

const password = { kind: "password", siteId: "s", siteName: "S", host: "h", user: "u" } as const;
const never = new AbortController().signal;

function watchedBoard() {
  const board = createPromptBoard({ ...systemClock, now: () => 42 });
  const seen: (readonly Prompt[])[] = [];
  const stop = board.watch((prompts) => seen.push(prompts));
  return { board, seen, stop };
}

test("a question is shown until it is answered, and the asker gets the answer", async () => {
  const { board, seen } = watchedBoard();
  const answer = board.ask(password, never);
  expect(seen.at(-1)).toEqual([{ id: 1, askedMs: 42, question: password }]);
  board.answer(1, { kind: "password", password: "secret" });
  expect(await answer).toEqual({ kind: "password", password: "secret" });
  expect(seen.at(-1)).toEqual([]);
});

test("an answer of another kind is refused and the question stays", () => {
  const { board, seen } = watchedBoard();
  board.ask(password, never).catch(() => {});
  expect(() => board.answer(1, { kind: "certificate", decision: "reject" })).toThrow(
    expect.objectContaining({ kind: "invalid-input" }),
  );
  expect(seen.at(-1)).toHaveLength(1);
});

test("answering a prompt that is gone is refused", () => {
  const { board } = watchedBoard();
  expect(() => board.answer(7, { kind: "password", password: null })).toThrow(
    expect.objectContaining({ kind: "invalid-input" }),
  );
});

test("a signal takes the question away and rejects the asker with cancelled", async () => {
  const { board, seen } = watchedBoard();
  const abort = new AbortController();
  const answer = board.ask(password, abort.signal);
  abort.abort();
  await expect(answer).rejects.toMatchObject({ kind: "cancelled" });
  expect(seen.at(-1)).toEqual([]);
});

test("a signal that has fired already never shows the question", async () => {
  const { board, seen } = watchedBoard();
  await expect(board.ask(password, AbortSignal.abort())).rejects.toMatchObject({ kind: "cancelled" });
  expect(seen).toEqual([[]]);
});

test("a watcher that stopped hears nothing more", () => {
  const { board, seen, stop } = watchedBoard();
  stop();
  board.ask(password, never).catch(() => {});
  expect(seen).toEqual([[]]);
});
