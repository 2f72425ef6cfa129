import { expect, test } from "vitest";
import { ringIcon, titleOf } from "./windowProgress.ts";

test("the title says how far and how fast while something moves", () => {
  expect(titleOf({ percent: "42%", speed: "3 MiB/s" }, "Portside")).toBe("42% · 3 MiB/s – Portside");
  expect(titleOf(null, "Portside")).toBe("Portside");
});

test.each([
  [0, "0 99"],
  [0.5, "37.7 99"],
  [1, "75.4 99"],
  [7, "75.4 99"],
])("at %d the ring is drawn for %s", (share, dashes) => {
  expect(decodeURIComponent(ringIcon(share))).toContain(`stroke-dasharray="${dashes}"`);
});
