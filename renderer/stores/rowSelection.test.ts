import { describe, expect, test } from "vitest";
import { emptySelection, moveFocus, parentRow, selectAll, selectOnly, selectRange, toggleRow } from "./rowSelection.ts";

/** The list as it is sorted: the parent row, then rows 4, 2, 0, 3, 1. */
const shown = [parentRow, 4, 2, 0, 3, 1];

describe("selecting rows", () => {
  test("a press selects the row alone", () => {
    expect(selectOnly(3)).toEqual({ rows: new Set([3]), focus: 3, anchor: 3 });
  });

  test("the parent row can be stood on but never selected", () => {
    expect(selectOnly(parentRow).rows).toEqual(new Set());
    expect(toggleRow(selectOnly(2), parentRow)).toEqual({ rows: new Set([2]), focus: parentRow, anchor: parentRow });
    expect(selectAll(emptySelection, shown).rows).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(selectRange(selectOnly(2), shown, parentRow).rows).toEqual(new Set([4, 2]));
  });

  test("Ctrl takes a row in and out", () => {
    const two = toggleRow(selectOnly(4), 0);
    expect(two).toEqual({ rows: new Set([4, 0]), focus: 0, anchor: 0 });
    expect(toggleRow(two, 4).rows).toEqual(new Set([0]));
  });

  test("Shift selects what lies between on screen, in either direction", () => {
    expect(selectRange(selectOnly(2), shown, 3)).toEqual({ rows: new Set([2, 0, 3]), focus: 3, anchor: 2 });
    expect(selectRange(selectOnly(3), shown, 4)).toEqual({ rows: new Set([4, 2, 0, 3]), focus: 4, anchor: 3 });
  });

  test("a second Shift range begins at the same anchor", () => {
    const down = selectRange(selectOnly(0), shown, 1);
    expect(selectRange(down, shown, 4).rows).toEqual(new Set([4, 2, 0]));
  });

  test("Ctrl+Shift adds the range to what was selected", () => {
    const first = toggleRow(selectOnly(4), 3);
    expect(selectRange(first, shown, 1, true).rows).toEqual(new Set([4, 3, 1]));
  });

  test("Ctrl+arrow moves without selecting", () => {
    expect(moveFocus(selectOnly(2), 0)).toEqual({ rows: new Set([2]), focus: 0, anchor: 0 });
  });
});
