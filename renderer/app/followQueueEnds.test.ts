import { expect, test } from "vitest";
import type { EngineClient } from "../../shared/contract/contract.ts";
import type { QueueEnds } from "../../shared/models/queueControl.ts";
import type { WhenFinished } from "../../shared/models/settings.ts";
import { followQueueEnds } from "./followQueueEnds.ts";

function setUp(wanted: WhenFinished, isLookedAt = false) {
  const told: string[] = [];
  let emit: (ends: QueueEnds) => void = () => {};
  // The contract's overloads are one function here: only this stream is opened.
  const open = ((_name: string, _input: unknown, onItem: (ends: QueueEnds) => void) => {
    emit = onItem;
    return () => {};
  }) as EngineClient["open"];
  followQueueEnds(
    { open },
    {
      wanted: () => wanted,
      isLookedAt: () => isLookedAt,
      notify: ({ failed }) => told.push(`notified of ${failed} failed`),
      chime: () => told.push("chimed"),
    },
  );
  return { told, end: (count: number, failed = 0) => emit({ count, failed }) };
}

test("the first item is no news, each later end is", () => {
  const { told, end } = setUp("notify");
  end(3);
  expect(told).toEqual([]);
  end(4, 2);
  end(4, 2);
  expect(told).toEqual(["notified of 2 failed"]);
});

test("an engine that was started anew counts from the beginning", () => {
  const { told, end } = setUp("notify");
  for (const count of [5, 0, 1]) end(count);
  expect(told).toEqual(["notified of 0 failed"]);
});

test.each([
  { wanted: "notify", isLookedAt: true, told: [] },
  { wanted: "sound", isLookedAt: true, told: ["chimed"] },
  { wanted: "nothing", isLookedAt: false, told: [] },
  { wanted: "command", isLookedAt: false, told: [] },
] as const)("$wanted while the window is looked at: $isLookedAt", ({ wanted, isLookedAt, told }) => {
  const follow = setUp(wanted, isLookedAt);
  follow.end(0);
  follow.end(1);
  expect(follow.told).toEqual(told);
});
