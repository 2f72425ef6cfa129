import assert from "node:assert/strict";
import { stat as statLocal, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "../../../shared/models/entry.ts";
import { type Check, type CheckContext, Shortcoming } from "./check.ts";
import { find, never, place, upload } from "./words.ts";

const dayMs = 24 * 60 * 60 * 1000;
const leapDay = Date.UTC(2020, 1, 29, 12, 34, 56);

export const timeChecks: readonly Check[] = [
  sets("leap-day", "a leap day's time", "file", () => leapDay),
  sets("old", "a time of 1990", "file", () => Date.UTC(1990, 6, 15, 3, 4, 5)),
  sets("2038", "a time after 2038, when 32 bits end", "file", () => Date.UTC(2040, 0, 2, 3, 4, 5)),
  sets("named", "the time of a name with blanks and Chinese", "a b 中", () => leapDay),
  {
    id: "times.finish",
    title: "sets the time of what was just sent, and tells its size",
    run: async ({ session, folder, disk }) => {
      await upload(session, `${folder}/file`, Buffer.from("12345"));
      assert.equal(await session.finishUpload(`${folder}/file`, leapDay, never), 5);
      if (!session.can.setModified) throw new Shortcoming("it offers no way to set times");
      assert.equal((await statLocal(join(disk, "file"))).mtimeMs, leapDay);
    },
  },
  {
    id: "times.download",
    title: "tells a file's time along with its bytes",
    run: async (context) => {
      const { session, folder } = context;
      await placeDated(context, leapDay);
      let told: number | null = null;
      const sink = { write: async () => {} };
      const onModified = (modifiedMs: number | null) => {
        told = modifiedMs;
      };
      await session.download(
        { path: `${folder}/file`, offset: 0, size: 1, sink, onBytes: () => {}, onModified },
        never,
      );
      assert.equal(told, leapDay);
    },
  },
  listed("new", "a file of an hour ago", () => Date.now() - 60 * 60 * 1000),
  listed("months", "a file of five months ago", () => Date.now() - 150 * dayMs),
  listed("years", "a file of 2020", () => leapDay),
  listed("tomorrow", "a file of tomorrow", () => Date.now() + dayMs),
];

function sets(id: string, what: string, name: string, time: () => number): Check {
  return {
    id: `times.${id}`,
    title: `sets and tells ${what}`,
    run: async ({ session, folder, disk }) => {
      const path = `${folder}/${session.toWire(name)}`;
      await upload(session, path, Buffer.from("x"));
      if (!(await session.setModified(path, time(), never))) throw new Shortcoming("it offers no way to set times");
      assert.equal((await statLocal(join(disk, name))).mtimeMs, time());
      assert.equal((await session.stat(path, never))?.modifiedMs, time());
    },
  };
}

/** A listing may say less than the disk knows, but what it says must be true. */
function listed(id: string, what: string, time: () => number): Check {
  return {
    id: `times.listed-${id}`,
    title: `lists the time of ${what}`,
    run: async (context) => {
      const modifiedMs = Math.floor(time() / 1000) * 1000;
      await placeDated(context, modifiedMs);
      const entry = await find(context.session, context.folder, "file");
      assert.equal(
        new Date(entry.modifiedMs ?? 0).toISOString(),
        new Date(asPreciseAs(entry, modifiedMs)).toISOString(),
      );
    },
  };
}

function asPreciseAs({ modifiedPrecision }: Entry, timeMs: number): number {
  const stepMs = { second: 1_000, minute: 60_000, day: dayMs }[modifiedPrecision];
  return Math.floor(timeMs / stepMs) * stepMs;
}

async function placeDated(context: CheckContext, modifiedMs: number): Promise<void> {
  await place(context, "file", "x");
  await utimes(join(context.disk, "file"), modifiedMs / 1000, modifiedMs / 1000);
}
