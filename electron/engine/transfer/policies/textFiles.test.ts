import { expect, test } from "vitest";
import { defaultSettings } from "../../../../shared/models/settings.ts";
import { goesAsText, type TextSettings } from "./textFiles.ts";

const fresh = { begun: "no", isText: null, batchType: null } as const;
const auto: TextSettings = { ...defaultSettings, transferType: "auto" };

test.each([
  ["index.html", true],
  ["READ.ME.TXT", true],
  ["LOGIN.TXT;12", true],
  ["LOGIN.EXE;12", false],
  ["archive.tar.gz", false],
  ["txt", false],
  ["txt.", false],
  ["Makefile", false],
  [".htaccess", false],
  [".profile.txt", false],
  ["note.txt ", false],
])("by the default list %j is text: %s", (sourceName, isText) => {
  expect(goesAsText({ ...fresh, sourceName }, auto)).toBe(isText);
});

test("names without an extension and names that begin with a dot follow settings of their own", () => {
  const settings = { ...auto, asciiWithoutExtension: true, asciiDotFiles: true, asciiExtensions: [] };
  const names = ["Makefile", ".htaccess", ".profile.gz", "a.txt"];
  expect(names.map((sourceName) => goesAsText({ ...fresh, sourceName }, settings))).toEqual([true, true, true, false]);
});

test.each([
  ["binary", null, false],
  ["ascii", null, true],
  ["binary", "auto", true],
  ["binary", "ascii", true],
  ["auto", "binary", false],
  ["ascii", "binary", false],
] as const)("the settings say %s and the user, for this drop, %s: text %s", (transferType, batchType, isText) => {
  expect(goesAsText({ ...fresh, batchType, sourceName: "a.txt" }, { ...auto, transferType })).toBe(isText);
});

test.each(["fresh", "over", "continued"] as const)("what has begun (%s) goes on in the form it began in", (begun) => {
  const row = { begun, batchType: null, sourceName: "a.txt" };
  const forms = [true, false, null].map((isText) => goesAsText({ ...row, isText }, auto));
  expect(forms).toEqual([true, false, false]); // null: begun before there was a choice
  expect(goesAsText({ ...row, isText: true }, { ...auto, transferType: "binary" })).toBe(true);
});
