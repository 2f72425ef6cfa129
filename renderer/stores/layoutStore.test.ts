import { describe, expect, test } from "vitest";
import { applyPaneLayout, defaultLayout, nextSort, parseLayout, shownColumns, toggleColumn } from "./layoutStore.ts";

describe("parseLayout", () => {
  test("brings back what was written", () => {
    const layout = applyPaneLayout({ ...defaultLayout, panesShare: 0.4, localPath: "/home" }, "remote", {
      isTreeShown: false,
    });
    expect(parseLayout(JSON.stringify(layout))).toEqual(layout);
  });

  test.each([null, "", "{", "[]", '{"panesShare":2}', JSON.stringify({ ...defaultLayout, dockShare: "wide" })])(
    "begins afresh with %j",
    (text) => expect(parseLayout(text)).toEqual(defaultLayout),
  );
});

test("columns are hidden one by one, shown again in their place, and the name never goes", () => {
  const { remote } = defaultLayout;
  const narrow = { ...remote, ...toggleColumn(remote, "type") };
  const narrower = { ...narrow, ...toggleColumn(narrow, "owner") };
  expect(shownColumns(narrower)).toEqual(["name", "size", "modified", "permissions"]);
  expect(shownColumns({ ...narrower, ...toggleColumn(narrower, "type") })).toEqual([
    "name",
    "size",
    "type",
    "modified",
    "permissions",
  ]);
  expect(shownColumns({ ...remote, ...toggleColumn(remote, "name") })).toContain("name");
});

test("a layout written before columns could be hidden still holds", () => {
  const { hiddenColumns: _, ...before } = defaultLayout.remote;
  const layout = parseLayout(JSON.stringify({ ...defaultLayout, panesShare: 0.4, remote: before }));
  expect(layout).toEqual({ ...defaultLayout, panesShare: 0.4 });
});

test("a press on the sorted column turns it round, on another begins ascending", () => {
  const byName = { column: "name", isDescending: false } as const;
  expect(nextSort(byName, "name")).toEqual({ column: "name", isDescending: true });
  expect(nextSort({ ...byName, isDescending: true }, "name")).toEqual(byName);
  expect(nextSort({ ...byName, isDescending: true }, "size")).toEqual({ column: "size", isDescending: false });
});
