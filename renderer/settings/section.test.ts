import { expect, test } from "vitest";
import { narrowSections, type Section } from "./section.ts";

const sections: readonly Section[] = [
  { title: "Proxy", entries: [{ words: "Type of proxy SOCKS 5", control: null }] },
  {
    title: "Connection",
    entries: [
      { words: "Timeout", control: null },
      { words: "Fall back", control: null },
    ],
  },
];
const found = (search: string) =>
  narrowSections(sections, search).map(({ title, entries }) => [title, ...entries.map(({ words }) => words)]);

test("a search narrows to the entries that speak of it, and a title brings its whole section", () => {
  expect(found(" socks ")).toEqual([["Proxy", "Type of proxy SOCKS 5"]]);
  expect(found("CONNECTION")).toEqual([["Connection", "Timeout", "Fall back"]]);
  expect(found("back")).toEqual([["Connection", "Fall back"]]);
  expect(found("sftp")).toEqual([]);
  expect(found("")).toHaveLength(2);
});
