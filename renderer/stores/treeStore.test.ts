import { describe, expect, test } from "vitest";
import {
  applyChildren,
  applyCrumbs,
  applyExpanded,
  applyReadFailed,
  applyReading,
  applyReveal,
  applyTreeFocus,
  emptyTree,
  needsReading,
  type TreeState,
  toTreeRows,
} from "./treeStore.ts";

const crumbs = [
  { label: "/", path: "/" },
  { label: "home", path: "/home" },
  { label: "mira", path: "/home/mira" },
];
const compare = (a: string, b: string) => a.localeCompare(b);
const drawn = (state: TreeState) => toTreeRows(state, compare).map(({ name, depth }) => "  ".repeat(depth) + name);
const rowOf = (state: TreeState, path: string) => toTreeRows(state, compare).find((row) => row.path === path);

describe("the folder tree", () => {
  test("opens the way to the folder on screen without reading anything", () => {
    expect(drawn(applyCrumbs(emptyTree, crumbs))).toEqual(["/", "  home", "    mira"]);
    expect(needsReading(applyCrumbs(emptyTree, crumbs), "/home")).toBe(true);
  });

  test("begins with an open root, and keeps it closed once the user closed it", () => {
    const root = [{ label: "/", path: "/" }];
    const state = applyChildren(applyCrumbs(emptyTree, root), "/", [{ name: "pub", path: "/pub" }]);
    expect(drawn(state)).toEqual(["/", "  pub"]);
    expect(drawn(applyCrumbs(applyExpanded(state, "/", false), root))).toEqual(["/"]);
  });

  test("asks to bring the folder on screen into view again when rows came in above it, unless the user looks elsewhere", () => {
    const state = applyCrumbs(emptyTree, crumbs);
    expect(applyReveal(state).reveals).toBe(state.reveals + 1);
    const elsewhere = applyTreeFocus(state, "/home");
    expect(applyReveal(elsewhere)).toBe(elsewhere);
  });

  test("shows all sub-folders in order once they are read", () => {
    const state = applyChildren(applyCrumbs(emptyTree, crumbs), "/", [
      { name: "usr", path: "/usr" },
      { name: "home", path: "/home" },
    ]);
    expect(drawn(state)).toEqual(["/", "  home", "    mira", "  usr"]);
    expect(needsReading(state, "/")).toBe(false);
  });

  test("a folder the parent's listing does not name (a link, a hidden one) keeps its place when the tree follows it", () => {
    const read = applyChildren(emptyTree, "/home", []);
    expect(drawn(applyCrumbs({ ...read, root: { name: "/", path: "/" } }, crumbs))).toEqual([
      "/",
      "  home",
      "    mira",
    ]);
  });

  test("a read folder without sub-folders has nothing to open", () => {
    const state = applyChildren(applyCrumbs(emptyTree, crumbs), "/home/mira", []);
    expect(rowOf(state, "/home/mira")).toMatchObject({ mayHaveChildren: false, isExpanded: false });
    expect(rowOf(applyCrumbs(emptyTree, crumbs), "/home/mira")).toMatchObject({ mayHaveChildren: true });
  });

  test("tells what is being read, and closes what could not be", () => {
    const reading = applyReading(applyCrumbs(emptyTree, crumbs), "/home/mira");
    expect(rowOf(reading, "/home/mira")).toMatchObject({ isReading: true });
    const failed = applyReadFailed(reading, "/home/mira");
    expect(rowOf(failed, "/home/mira")).toMatchObject({ isReading: false, isExpanded: false });
    expect(needsReading(failed, "/home/mira")).toBe(true);
  });

  test("closing hides what lies below and opening shows it again", () => {
    const closed = applyExpanded(applyCrumbs(emptyTree, crumbs), "/home", false);
    expect(drawn(closed)).toEqual(["/", "  home"]);
    expect(drawn(applyExpanded(closed, "/home", true))).toEqual(["/", "  home", "    mira"]);
  });

  test("another root (another server, another drive) begins a new tree", () => {
    const state = applyCrumbs(applyCrumbs(emptyTree, crumbs), [{ label: "D:", path: "D:\\" }]);
    expect(drawn(state)).toEqual(["D:"]);
  });
});
