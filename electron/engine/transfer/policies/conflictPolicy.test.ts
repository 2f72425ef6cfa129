import { describe, expect, test } from "vitest";
import { type ConflictDecision, type ConflictSide, decideConflict } from "./conflictPolicy.ts";

const noon = Date.UTC(2026, 5, 1, 12, 0, 0);
const side = (facts: Partial<ConflictSide> = {}): ConflictSide => ({
  size: 100,
  modifiedMs: noon,
  precision: "second",
  ...facts,
});
const overwrite: ConflictDecision = { do: "overwrite" };
const ask: ConflictDecision = { do: "ask" };
const notNewer: ConflictDecision = { do: "skip", reason: "not-newer" };

const bySizeOrTime = "overwrite-if-size-differs-or-newer";

describe("a file whose target exists", () => {
  test.each([
    ["another size overwrites an equally old file", bySizeOrTime, side({ size: 5 }), side(), overwrite],
    ["the same size and newer overwrites", bySizeOrTime, side({ modifiedMs: noon + 1_000 }), side(), overwrite],
    ["the same size and not newer is skipped", bySizeOrTime, side(), side(), notNewer],
    ["the same size and a time nobody knows is asked about", bySizeOrTime, side({ modifiedMs: null }), side(), ask],
    [
      "newer is enough where nobody knows the size",
      bySizeOrTime,
      side({ modifiedMs: noon + 1_000 }),
      side({ size: null }),
      overwrite,
    ],
    ["not newer is not enough where nobody knows the size", bySizeOrTime, side(), side({ size: null }), ask],
    [
      "another size is enough where nobody knows the time",
      bySizeOrTime,
      side({ size: 5, modifiedMs: null }),
      side(),
      overwrite,
    ],
    ["ask asks", "ask", side(), side(), ask],
    ["overwrite overwrites", "overwrite", side(), side({ size: null, modifiedMs: null }), overwrite],
    ["skip skips for the user", "skip", side(), side(), { do: "skip", reason: "user" }],
    ["rename renames", "rename", side(), side(), { do: "rename" }],

    ["a newer source overwrites", "overwrite-if-newer", side({ modifiedMs: noon + 1_000 }), side(), overwrite],
    ["an equally old source is not newer", "overwrite-if-newer", side(), side(), notNewer],
    ["an older source is not newer", "overwrite-if-newer", side({ modifiedMs: noon - 1 }), side(), notNewer],
    [
      "a part of a second does not make newer",
      "overwrite-if-newer",
      side({ modifiedMs: noon + 999 }),
      side(),
      notNewer,
    ],
    [
      "half a minute against a listing that tells minutes is not newer",
      "overwrite-if-newer",
      side({ modifiedMs: noon + 30_000 }),
      side({ precision: "minute" }),
      notNewer,
    ],
    [
      "a whole minute against a listing that tells minutes is newer",
      "overwrite-if-newer",
      side({ modifiedMs: noon + 60_000 }),
      side({ precision: "minute" }),
      overwrite,
    ],
    [
      "some hours against a listing that tells days are not newer",
      "overwrite-if-newer",
      side({ modifiedMs: noon + 7_200_000 }),
      side({ precision: "day" }),
      notNewer,
    ],
    ["newer without a source time asks", "overwrite-if-newer", side({ modifiedMs: null }), side(), ask],
    ["newer without a target time asks", "overwrite-if-newer", side(), side({ modifiedMs: null }), ask],

    ["another size overwrites", "overwrite-if-size-differs", side({ size: 101 }), side(), overwrite],
    ["the same size is skipped", "overwrite-if-size-differs", side(), side(), { do: "skip", reason: "same-size" }],
    ["an unknown size asks", "overwrite-if-size-differs", side(), side({ size: null }), ask],

    ["resume goes on behind the target's end", "resume", side(), side({ size: 40 }), { do: "resume", offset: 40 }],
    ["resume of a complete target has nothing left to do", "resume", side(), side(), { do: "resume", offset: 100 }],
    ["resume of a target that is longer asks", "resume", side(), side({ size: 101 }), ask],
    [
      "resume of an unknown source goes on",
      "resume",
      side({ size: null }),
      side({ size: 7 }),
      { do: "resume", offset: 7 },
    ],
    ["resume of an unknown target asks", "resume", side(), side({ size: null }), ask],
  ] as const)("%s", (_, rule, source, target, expected) => {
    expect(decideConflict({ rule, source, target, canResume: true })).toEqual(expected);
  });

  test("resume asks when the server cannot begin in the middle, unless nothing is missing", () => {
    const rule = "resume";
    expect(decideConflict({ rule, source: side(), target: side({ size: 40 }), canResume: false })).toEqual(ask);
    expect(decideConflict({ rule, source: side(), target: side(), canResume: false })).toEqual({
      do: "resume",
      offset: 100,
    });
  });
});
