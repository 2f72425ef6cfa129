import { closeSync, openSync, readdirSync, readFileSync, statSync, truncateSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEngine, type TestEngine } from "../support/engine.ts";

let folder: string;
let engine: TestEngine | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-damaged-"));
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<TestEngine> {
  engine = await startEngine(folder);
  return engine;
}

async function end(): Promise<void> {
  await engine?.close();
  engine = null;
}

const fileOf = (name: string) => join(folder, "data", name);

function overwrite(file: string, offset: number, length: number): void {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(length, 0x5a), 0, length, offset);
  closeSync(handle);
}

/** Where the pages of a table lie in a closed file. */
function pagesOf(file: string, table: string): number[] {
  const db = new DatabaseSync(file);
  const rows = db.prepare("SELECT pgoffset FROM dbstat WHERE name = ? AND pagetype = 'leaf'").all(table);
  db.close();
  return rows.map(({ pgoffset }) => Number(pgoffset));
}

async function siteNames({ engine: { api } }: TestEngine): Promise<string[]> {
  return new Promise((resolve) => {
    const stop = api["sites.watch"]({}, ({ sites }) => {
      resolve(sites.map(({ name }) => name).sort());
      setImmediate(() => stop());
    });
  });
}

test("sites survive the loss of their table's pages: the copy of the last start has them", async () => {
  const first = await start();
  for (const name of ["harbour", "mill"]) await first.createSite({ name }, "secret");
  await end();
  await start(); // makes the copy
  await end();
  for (const offset of pagesOf(fileOf("portside.sqlite"), "sites")) overwrite(fileOf("portside.sqlite"), offset, 4096);

  const again = await start();
  expect(await siteNames(again)).toEqual(["harbour", "mill"]);
  const { mended } = await again.call("app.describe", {});
  expect(mended).toEqual([expect.objectContaining({ what: "sites", isIncomplete: true, usedCopy: true })]);
  expect(statSync(mended[0]?.keptAt ?? "").size).toBeGreaterThan(0);
  expect(again.log().some(({ text }) => text.includes("was damaged"))).toBe(true);
});

test.each([
  ["is cut to nothing", (file: string) => truncateSync(file, 0)],
  ["is cut in the middle", (file: string) => truncateSync(file, 9_000)],
  ["has a header of something else", (file: string) => overwrite(file, 0, 100)],
])("a queue that %s is kept aside, and Portside starts and works", async (_, damage) => {
  await start();
  await end();
  damage(fileOf("queue.sqlite"));
  const again = await start();
  const { mended } = await again.call("app.describe", {});
  expect(mended).toMatchObject([{ what: "queue", usedCopy: false }]);
  expect(await again.rows("queued")).toEqual([]);
  await end();
  const third = await start();
  expect((await third.call("app.describe", {})).mended).toEqual([]); // told once
});

test("a queue of a newer version is not started with, and not changed", async () => {
  await start();
  await end();
  const db = new DatabaseSync(fileOf("queue.sqlite"));
  db.exec("PRAGMA user_version = 9999");
  db.close();
  const before = readFileSync(fileOf("queue.sqlite"));
  await expect(start()).rejects.toThrow("was written by a newer version of Portside");
  expect(readFileSync(fileOf("queue.sqlite")).equals(before)).toBe(true);
  expect(readdirSync(join(folder, "data")).filter((name) => name.includes("damaged"))).toEqual([]);
});
