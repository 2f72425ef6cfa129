import { describe, expect, test } from "vitest";
import { noColumns } from "../stores/columns.ts";
import { parentRow } from "../stores/rowSelection.ts";
import { findTyped, nothingTyped, typeLetter } from "./findTyped.ts";

const columns = { ...noColumns, names: ["delta", "Alpha", "beta", "alps", "资料"] };
/** On screen: .., Alpha, alps, beta, delta, 资料 */
const shown = [parentRow, 1, 3, 2, 0, 4];
const find = (text: string, from: number) => findTyped(columns, shown, from, text, "en");

describe("findTyped", () => {
  test("goes to the next name that begins with the letter, whatever its case", () => {
    expect(find("b", 0)).toBe(3);
    expect(find("a", 0)).toBe(1);
  });

  test("the same letter again walks on, and round the end", () => {
    expect(find("a", 1)).toBe(2);
    expect(find("aa", 2)).toBe(1);
  });

  test("a longer text stays on a name that still fits", () => {
    expect(find("alp", 1)).toBe(1);
    expect(find("alps", 1)).toBe(2);
  });

  test("other scripts are found too", () => expect(find("资", 0)).toBe(5));

  test("finds nothing where nothing fits, and never the way up", () => {
    expect(find("x", 2)).toBeNull();
    expect(find(".", 2)).toBeNull();
  });
});

test("letters in quick succession make a word, a pause begins a new one", () => {
  const one = typeLetter(nothingTyped, "a", 1_000);
  expect(typeLetter(one, "l", 1_500).text).toBe("al");
  expect(typeLetter(one, "b", 1_900).text).toBe("b");
});
