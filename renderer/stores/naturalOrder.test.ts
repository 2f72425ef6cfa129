import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortNaturally } from "./naturalOrder.ts";

describe("sortNaturally", () => {
  test("digits count by their value", () => {
    expect(sortNaturally(["file 10", "file 9", "file 2.5", "file 2"], "en")).toEqual([
      "file 2",
      "file 2.5",
      "file 9",
      "file 10",
    ]);
  });

  test("case decides only where nothing else does", () => {
    expect(sortNaturally(["b", "A", "a", "B"], "en")).toEqual(["a", "A", "b", "B"]);
  });

  test("Chinese names follow the pinyin in a Chinese window", () => {
    expect(sortNaturally(["资料", "报告", "设计", "abc"], "zh-CN")).toEqual(["报告", "设计", "资料", "abc"]);
  });

  test.each(["en", "zh-CN"])("the quick way for ASCII agrees with the language's own (%s)", (locale) => {
    const collator = new Intl.Collator(locale, { numeric: true });
    const name = fc.string({ unit: fc.constantFrom(..."aAbBzZ019 _-.,;()[]{}'!@#$%&+=~`^".split("")), maxLength: 10 });
    fc.assert(
      fc.property(name, name, (left, right) => {
        const [first = "", second = ""] = sortNaturally([left, right], locale);
        expect(collator.compare(first, second)).toBeLessThanOrEqual(0);
      }),
      { seed: 20261121, numRuns: 4_000 },
    );
  });

  test("a language's own order is used as soon as one name is not ASCII", () => {
    expect(sortNaturally(["zebra", "élan", "eel", "emu"], "en")).toEqual(["eel", "élan", "emu", "zebra"]);
  });
});
