import { describe, expect, test } from "vitest";
import { type Entry, type EntryType, toColumns } from "../../shared/models/entry.ts";
import { extensionOf, growOrder, type OrderRules, orderRows } from "./entryOrder.ts";
import { type ColumnName, columnNames } from "./layoutStore.ts";

const entry = (name: string, type: EntryType, facts: Partial<Entry> = {}): Entry => ({
  name,
  wireName: name,
  type,
  size: null,
  modifiedMs: null,
  modifiedPrecision: "second",
  permissions: null,
  owner: null,
  group: null,
  linkTarget: null,
  ...facts,
});

const listing = toColumns([
  entry("b10.txt", "file", { size: 5, modifiedMs: 30, permissions: "rw-", owner: "zoe" }),
  entry("B2.md", "file", { size: 50, modifiedMs: 10, permissions: "r--", owner: "ann" }),
  entry("zoo", "directory", { modifiedMs: 20, permissions: "rwx", owner: "ann" }),
  entry(".rc", "file", { size: 5, modifiedMs: 5, permissions: "rw-", owner: "ann" }),
  entry("alley", "directory", { modifiedMs: 40, permissions: "rwx", owner: "zoe" }),
  entry("link", "symlink", { owner: "ann" }),
]);

const rules = (column: ColumnName, isDescending = false, showsHidden = true): OrderRules => ({
  sort: { column, isDescending },
  showsHidden,
  locale: "en",
});
const names = (given: OrderRules) => Array.from(orderRows(listing, given), (row) => listing.names[row]);

describe("orderRows", () => {
  const ascending: Record<ColumnName, string[]> = {
    name: ["alley", "zoo", ".rc", "B2.md", "b10.txt", "link"],
    size: ["alley", "zoo", "link", ".rc", "b10.txt", "B2.md"],
    type: ["alley", "zoo", ".rc", "B2.md", "b10.txt", "link"],
    modified: ["zoo", "alley", "link", ".rc", "B2.md", "b10.txt"],
    permissions: ["alley", "zoo", "link", "B2.md", ".rc", "b10.txt"],
    owner: ["zoo", "alley", ".rc", "B2.md", "link", "b10.txt"],
  };
  test.each(columnNames)("sorts by %s, folders first, ties by name", (column) =>
    expect(names(rules(column))).toEqual(ascending[column]),
  );

  test("turns round below the folders, not above them", () => {
    expect(names(rules("name", true))).toEqual(["zoo", "alley", "link", "b10.txt", "B2.md", ".rc"]);
  });

  test("ties stay in name order when turned round", () => {
    expect(names(rules("size", true)).slice(-3)).toEqual([".rc", "b10.txt", "link"]);
  });

  test("leaves hidden names out when they are not wanted", () => {
    expect(names(rules("name", false, false))).not.toContain(".rc");
  });
});

describe("growOrder", () => {
  const first = toColumns(["d", "b", "c"].map((name) => entry(name, "file")));
  const more = toColumns(["d", "b", "c", "a", ".x"].map((name) => entry(name, "file")));
  const twice = toColumns(["d", "b", "c", "a", ".x", "e"].map((name) => entry(name, "file")));

  test("new rows follow the sorted ones, and all is sorted once there are twice as many", () => {
    const begun = growOrder(null, first, rules("name"));
    expect([...begun.order]).toEqual([1, 2, 0]);
    const grown = growOrder(begun, more, rules("name"));
    expect([...grown.order]).toEqual([1, 2, 0, 3, 4]);
    expect([...growOrder(grown, twice, rules("name")).order]).toEqual([4, 3, 1, 2, 0, 5]);
  });

  test("hidden rows stay out while the list grows", () => {
    const hidden = rules("name", false, false);
    expect([...growOrder(growOrder(null, first, hidden), more, hidden).order]).toEqual([1, 2, 0, 3]);
  });
});

test.each([
  ["a.TXT", "txt"],
  ["a.tar.gz", "gz"],
  [".profile", ""],
  ["README", ""],
])("the extension of %s is %j", (name, extension) => expect(extensionOf(name)).toBe(extension));
