import { describe, expect, test } from "vitest";
import { applyPaneLayout, defaultLayout, nextSort, parseLayout } from "./layoutStore.ts";

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

test("a press on the sorted column turns it round, on another begins ascending", () => {
  const byName = { column: "name", isDescending: false } as const;
  expect(nextSort(byName, "name")).toEqual({ column: "name", isDescending: true });
  expect(nextSort({ ...byName, isDescending: true }, "name")).toEqual(byName);
  expect(nextSort({ ...byName, isDescending: true }, "size")).toEqual({ column: "size", isDescending: false });
});
