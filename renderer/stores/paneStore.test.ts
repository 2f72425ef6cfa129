import { describe, expect, test } from "vitest";
import type { FolderNews } from "../../shared/contract/browse.ts";
import { toColumns } from "../../shared/models/entry.ts";
import { localPlace } from "../../shared/models/place.ts";
import {
  applyFolderNews,
  applyGoBack,
  applyGoForward,
  applyGoTo,
  applySelection,
  applyWanted,
  emptyPane,
  type PaneState,
} from "./paneStore.ts";
import { selectOnly } from "./rowSelection.ts";

const rows = (...names: string[]) =>
  toColumns(
    names.map((name) => ({
      name,
      wireName: name === "é" ? "\u00c3\u00a9" : name,
      type: "file",
      size: 1,
      modifiedMs: 0,
      modifiedPrecision: "second",
      permissions: null,
      owner: null,
      group: null,
      linkTarget: null,
    })),
  );

const beginning = (path: string, revision = 1): FolderNews => ({
  state: "begin",
  revision,
  path,
  displayPath: path,
  crumbs: [{ label: "/", path: "/" }],
  parentPath: path === "/" ? null : "/",
});

function play(state: PaneState, ...news: FolderNews[]): PaneState {
  return news.reduce(applyFolderNews, state);
}

function open(path: string, ...names: string[]): PaneState {
  return play(
    applyGoTo(emptyPane(localPlace), path),
    beginning(path),
    { state: "rows", revision: 1, columns: rows(...names) },
    { state: "end", revision: 1 },
  );
}

describe("a listing that arrives", () => {
  test("shows its first rows while the rest is still on the way", () => {
    const state = play(applyGoTo(emptyPane(localPlace), "/a"), beginning("/a"), {
      state: "rows",
      revision: 1,
      columns: rows("x", "y"),
    });
    expect(state).toMatchObject({ phase: "arriving", rowsPath: "/a", columns: { names: ["x", "y"] } });
    const grown = play(state, { state: "rows", revision: 1, columns: rows("é") }, { state: "end", revision: 1 });
    expect(grown).toMatchObject({
      phase: "ready",
      columns: { names: ["x", "y", "é"], wireNames: { 2: "\u00c3\u00a9" } },
    });
  });

  test("an empty folder is ready without rows", () => {
    const state = play(applyGoTo(open("/a", "x"), "/b"), beginning("/b", 2), { state: "end", revision: 2 });
    expect(state).toMatchObject({ phase: "ready", rowsPath: "/b", columns: { names: [] } });
  });

  test("keeps the old folder's rows, marked as the old folder's, until the new ones come", () => {
    const state = play(applyGoTo(open("/a", "x"), "/b"), beginning("/b", 1));
    expect(state).toMatchObject({ phase: "reading", path: "/b", rowsPath: "/a", columns: { names: ["x"] } });
  });

  test("rows of an overtaken reading are dropped", () => {
    const state = play(
      open("/a", "x"),
      beginning("/a", 2),
      { state: "rows", revision: 1, columns: rows("stale") },
      { state: "end", revision: 2 },
    );
    expect(state.columns.names).toEqual([]);
  });

  test("a failure empties the pane and says why", () => {
    const error = { kind: "permission-denied" as const, message: "550 No." };
    const state = play(applyGoTo(open("/a", "x"), "/b"), beginning("/b", 1), { state: "error", revision: 1, error });
    expect(state).toMatchObject({ phase: "failed", error, rowsPath: null, columns: { names: [] } });
  });
});

describe("a folder read again", () => {
  test("shows the old rows until the new ones are complete", () => {
    const again = play(open("/a", "x", "y"), beginning("/a", 2), {
      state: "rows",
      revision: 2,
      columns: rows("w", "x"),
    });
    expect(again).toMatchObject({ phase: "ready", columns: { names: ["x", "y"] } });
    expect(play(again, { state: "end", revision: 2 }).columns.names).toEqual(["w", "x"]);
  });

  test("selection and keyboard follow the names to their new rows", () => {
    const chosen = applySelection(open("/a", "x", "y", "é"), { rows: new Set([0, 1, 2]), focus: 2, anchor: 1 });
    const state = play(
      chosen,
      beginning("/a", 2),
      { state: "rows", revision: 2, columns: rows("é", "x", "new") },
      { state: "end", revision: 2 },
    );
    expect(state.selection).toEqual({ rows: new Set([1, 0]), focus: 0, anchor: null });
  });

  test("stands on a name given meanwhile", () => {
    const state = play(
      applyWanted(open("/a", "x"), "new"),
      beginning("/a", 2),
      { state: "rows", revision: 2, columns: rows("new", "x") },
      { state: "end", revision: 2 },
    );
    expect(state.selection).toEqual(selectOnly(0));
    expect(state.wanted).toBeNull();
  });

  test("a name still missing stays wanted, until something else is selected", () => {
    const read = (state: PaneState, revision: number, ...names: string[]) =>
      play(
        state,
        beginning("/a", revision),
        { state: "rows", revision, columns: rows(...names) },
        { state: "end", revision },
      );
    const once = read(applyWanted(open("/a", "x"), "new"), 2, "x");
    expect(read(once, 3, "x", "new").selection).toEqual(selectOnly(1));
    expect(read(applySelection(once, selectOnly(0)), 3, "x", "new").selection).toEqual(selectOnly(0));
  });

  test("a name given in letters is found although its bytes are others", () => {
    expect(applyWanted(open("/a", "x", "é"), "é").selection).toEqual(selectOnly(1));
  });

  test("a selection made in another folder does not come along", () => {
    const state = play(applyGoTo(applySelection(open("/a", "x"), selectOnly(0)), "/b"), beginning("/b"), {
      state: "rows",
      revision: 1,
      columns: rows("x"),
    });
    expect(state.selection.rows.size).toBe(0);
  });
});

describe("the history", () => {
  test("goes back and forward, and a new way cuts the forward one off", () => {
    const there = applyGoTo(applyGoTo(applyGoTo(emptyPane(localPlace), "/a"), "/b"), "/c");
    const back = applyGoBack(applyGoBack(there));
    expect(back).toMatchObject({ path: "/a", back: [], forward: ["/b", "/c"] });
    expect(applyGoForward(back)).toMatchObject({ path: "/b", back: ["/a"], forward: ["/c"] });
    expect(applyGoTo(back, "/d")).toMatchObject({ path: "/d", back: ["/a"], forward: [] });
  });

  test("has nowhere to go at its ends", () => {
    const start = applyGoTo(emptyPane(localPlace), "/a");
    expect(applyGoBack(start)).toBe(start);
    expect(applyGoForward(start)).toBe(start);
  });

  test("the same folder again is no step, but tries again after a failure", () => {
    const ready = open("/a", "x");
    expect(applyGoTo(ready, "/a")).toBe(ready);
    expect(applyGoTo({ ...ready, phase: "failed" }, "/a")).toMatchObject({ phase: "reading", back: [] });
  });
});
