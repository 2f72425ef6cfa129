import { describe, expect, test } from "vitest";
import { rowsInView, scrollTopFor } from "./rowsInView.ts";

describe("which rows are on screen", () => {
  test("a short list is drawn whole, at its top", () => {
    expect(rowsInView(3, 28, { scrollTop: 0, height: 280 })).toEqual({ contentHeight: 84, first: 0, end: 3, top: 0 });
  });

  test("a few rows beyond each edge are drawn too", () => {
    expect(rowsInView(1_000, 28, { scrollTop: 2_800, height: 280 })).toEqual({
      contentHeight: 28_000,
      first: 94,
      end: 116,
      top: 94 * 28,
    });
  });

  test("an empty list has no rows", () => {
    expect(rowsInView(0, 28, { scrollTop: 0, height: 280 })).toMatchObject({ contentHeight: 0, first: 0, end: 0 });
  });

  test.each([1_000_000, 10_000_000])("of %d rows the first and the last can be reached", (total) => {
    const start = rowsInView(total, 28, { scrollTop: 0, height: 280 });
    expect(start.contentHeight).toBeLessThan(33_500_000);
    expect([start.first, start.top]).toEqual([0, 0]);
    const end = rowsInView(total, 28, { scrollTop: start.contentHeight, height: 280 });
    expect(end.end).toBe(total);
    expect(Math.round(end.top + (end.end - end.first) * 28)).toBe(end.contentHeight);
  });
});

describe("bringing a row into view", () => {
  const viewport = { scrollTop: 2_800, height: 280 };

  test("a row on screen moves nothing", () => expect(scrollTopFor(105, 1_000, 28, viewport)).toBe(2_800));
  test("a row above comes to the top edge", () => expect(scrollTopFor(50, 1_000, 28, viewport)).toBe(1_400));
  test("a row below comes to the bottom edge", () =>
    expect(scrollTopFor(200, 1_000, 28, viewport)).toBe(201 * 28 - 280));

  test.each([0, 1, 499_999, 4_999_999, 9_999_998, 9_999_999])(
    "row %d of ten million is drawn where one lands",
    (row) => {
      const scrollTop = scrollTopFor(row, 10_000_000, 28, { scrollTop: 7_000_000, height: 280 });
      const seen = rowsInView(10_000_000, 28, { scrollTop, height: 280 });
      expect(row).toBeGreaterThanOrEqual(seen.first);
      expect(row).toBeLessThan(seen.end);
      const rowTop = seen.top + (row - seen.first) * 28;
      expect(rowTop).toBeGreaterThanOrEqual(scrollTop - 1);
      expect(rowTop + 28).toBeLessThanOrEqual(scrollTop + 281);
    },
  );
});
