import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { initialUi, useUiStore } from "../stores/uiStore.ts";
import { showUnderWay } from "./showUnderWay.ts";

const notices = () => useUiStore.getState().notices;

beforeEach(() => {
  useUiStore.setState(initialUi, true);
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test("short work is done without a word", async () => {
  await expect(showUnderWay("Deleting…", async () => 3)).resolves.toBe(3);
  vi.advanceTimersByTime(5_000);
  expect(notices()).toEqual([]);
});

test("long work stands in a notice until it ends, well or badly", async () => {
  const { promise, reject } = Promise.withResolvers<void>();
  const work = showUnderWay("Deleting…", () => promise);
  vi.advanceTimersByTime(500);
  expect(notices()).toMatchObject([{ text: "Deleting…", error: null }]);
  reject(new Error("gone"));
  await expect(work).rejects.toThrow("gone");
  expect(notices()).toEqual([]);
});

test("Cancel in the notice aborts the work, and no other", async () => {
  const signals: AbortSignal[] = [];
  const wait = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  };
  void showUnderWay("Deleting a…", wait);
  const second = showUnderWay("Deleting b…", wait);
  vi.advanceTimersByTime(500);
  notices()[1]?.cancel?.();
  await second;
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  expect(notices().map(({ text }) => text)).toEqual(["Deleting a…"]);
});
