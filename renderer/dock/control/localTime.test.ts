import { expect, test } from "vitest";
import { fromLocalText, nextHourText } from "./localTime.ts";

test("the next full hour is read back as it was written, also over midnight and the end of the year", () => {
  const evening = new Date(2026, 11, 31, 23, 20).getTime();
  expect(nextHourText(evening)).toBe("2027-01-01T00:00");
  expect(fromLocalText(nextHourText(evening))).toBe(new Date(2027, 0, 1).getTime());
});

test.each(["", "soon", "2026-13-01T00:00"])("%j is no time yet", (text) => {
  expect(fromLocalText(text)).toBeNull();
});
