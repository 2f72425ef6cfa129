import { expect, test } from "vitest";
import { levelsOf, typedFolderSchema } from "./place.ts";

test.each(["photos", "2026/photos", "2026/photos/", "a b/中文/c"])("%j can be made", (text) =>
  expect(typedFolderSchema.safeParse(text).success).toBe(true),
);

test.each(["", "/", "/photos", "a//b", "a/../b", ".", "..", "a/.", "a\nb", "a\0"])("%j is refused", (text) =>
  expect(typedFolderSchema.safeParse(text).success).toBe(false),
);

test("a slash parts levels", () => expect(levelsOf("2026/photos/")).toEqual(["2026", "photos"]));
