import { afterEach, beforeEach, expect, test } from "vitest";
import { createFakeClock, type FakeClock } from "../../util/testing/fakeClock.ts";
import { type FoundLists, keepFoundLists } from "./foundLists.ts";
import type { RowWish } from "./rowQuery.ts";

const wish: RowWish = { filter: "queued", search: "boat", sort: null };

let clock: FakeClock;
let lists: FoundLists;
/** Searches that were begun; each ends when the test says so. */
let begun: { readonly end: (ids: readonly number[]) => Promise<void>; readonly signal: AbortSignal }[];

beforeEach(() => {
  clock = createFakeClock();
  begun = [];
  const find = (_query: unknown, signal: AbortSignal) =>
    new Promise<Uint32Array>((resolve) => {
      begun.push({
        signal,
        end: async (ids) => {
          resolve(Uint32Array.from(ids));
          await new Promise(setImmediate);
        },
      });
    });
  lists = keepFoundLists({ finder: { find }, clock, siteIds: () => [] });
});
afterEach(() => lists.close());

test("windows of one wish share one search, and all are told", async () => {
  const told: string[] = [];
  const one = lists.use(wish, () => told.push("one"));
  const two = lists.use({ ...wish, search: " boat " }, () => told.push("two"));
  expect([begun.length, one.ids()]).toEqual([1, null]);
  await begun[0]?.end([3, 1]);
  expect(told).toEqual(["one", "two"]);
  expect([...(two.ids() ?? [])]).toEqual([3, 1]);
});

test("changes are looked for again after a rest that grows with the search", async () => {
  const list = lists.use(wish, () => {});
  clock.advance(1_000); // the search takes a second
  await begun[0]?.end([1]);
  for (let count = 0; count < 100; count++) lists.changed();
  clock.advance(3_999);
  expect(begun).toHaveLength(1);
  clock.advance(1);
  expect(begun).toHaveLength(2);
  expect([...(list.ids() ?? [])]).toEqual([1]); // shown until there is something newer
  lists.changed(); // while it searches: what it finds is old already
  await begun[1]?.end([2]);
  clock.advance(500);
  expect(begun).toHaveLength(3);
});

test("scrolling from one window to the next searches once", async () => {
  const first = lists.use(wish, () => {});
  await begun[0]?.end([1]);
  first.release();
  clock.advance(5_000);
  const second = lists.use(wish, () => {});
  expect([begun.length, [...(second.ids() ?? [])]]).toEqual([1, [1]]);
});

test("a list nobody looks at is not kept up, and forgotten in the end", async () => {
  lists.use(wish, () => {}).release();
  expect(begun[0]?.signal.aborted).toBe(true); // typed on before it was found
  const list = lists.use(wish, () => {});
  await begun[1]?.end([1]);
  list.release();
  lists.changed();
  clock.advance(60_000);
  expect(begun).toHaveLength(2);
  expect(lists.use(wish, () => {}).ids()).toBe(null);
});

test("a search that failed shows nothing, and the next change tries again", async () => {
  const failing = keepFoundLists({
    finder: { find: () => Promise.reject(new Error("gone")) },
    clock,
    siteIds: () => [],
  });
  let told = 0;
  const list = failing.use(wish, () => told++);
  await new Promise(setImmediate);
  expect([told, list.ids()?.length]).toEqual([1, 0]);
  failing.changed();
  clock.advance(500);
  await new Promise(setImmediate);
  expect(told).toBe(2);
  failing.close();
});
