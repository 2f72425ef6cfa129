import { expect, test } from "vitest";
import { delay, waitWith } from "./cancel.ts";
import { createListeners } from "./listeners.ts";
import { createOneAtATime } from "./oneAtATime.ts";
import { createShared } from "./shared.ts";
import { createFakeClock, settle } from "./testing/fakeClock.ts";

const never = new AbortController().signal;

test("work runs one at a time in the order asked for; what is given up while it waits never begins", async () => {
  const oneAtATime = createOneAtATime();
  const journal: string[] = [];
  const work = (name: string) => async () => {
    journal.push(`${name} begins`);
    await settle();
    journal.push(`${name} ends`);
  };
  const abort = new AbortController();
  const all = [oneAtATime(work("a"), never), oneAtATime(work("b"), abort.signal), oneAtATime(work("c"), never)];
  const given = expect(all[1]).rejects.toMatchObject({ kind: "cancelled" });
  abort.abort();
  await given;
  await Promise.all([all[0], all[2]]);
  expect(journal).toEqual(["a begins", "a ends", "c begins", "c ends"]);
});

test("work that fails lets the next one begin", async () => {
  const oneAtATime = createOneAtATime();
  const failing = oneAtATime(() => Promise.reject(new Error("no")), never);
  const next = oneAtATime(async () => "done", never);
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("done");
});

test("a wait ends with its signal, without leaving a timer", async () => {
  const clock = createFakeClock();
  const abort = new AbortController();
  const waiting = expect(delay(clock, 1_000, abort.signal)).rejects.toMatchObject({ kind: "cancelled" });
  abort.abort();
  await waiting;
  await expect(waitWith(new Promise(() => {}), AbortSignal.abort())).rejects.toMatchObject({ kind: "cancelled" });
  const over = delay(clock, 1_000, never);
  await clock.pass(1_000);
  await over;
  expect(clock.timers()).toBe(0);
});

test("shared work is begun once, given up with its last waiter, and begun anew after that", async () => {
  const shared = createShared<string>();
  const signals: AbortSignal[] = [];
  const begin = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<string>(() => {});
  };
  const [one, two] = [new AbortController(), new AbortController()];
  const waits = [shared("key", begin, one.signal), shared("key", begin, two.signal)];
  const ends = waits.map((wait) => expect(wait).rejects.toMatchObject({ kind: "cancelled" }));
  one.abort();
  await ends[0];
  expect([signals.length, signals[0]?.aborted]).toEqual([1, false]);
  two.abort();
  await ends[1];
  expect(signals[0]?.aborted).toBe(true);
  expect(await shared("key", async () => "again", never)).toBe("again");
});

test("a listener that leaves while others are told is not told any more", () => {
  const listeners = createListeners<number>();
  const heard: string[] = [];
  listeners.add(() => {
    heard.push("first");
    leave();
  });
  const leave = listeners.add(() => heard.push("second"));
  listeners.tell(1);
  expect([heard, listeners.count()]).toEqual([["first"], 1]);
});
