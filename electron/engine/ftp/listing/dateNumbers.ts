import { isDigits, type Words } from "./words.ts";

/** A number of a date, whether it names what it counts ("18日", in whatever encoding), and the index of the word behind it. */
export type DateNumber = {
  readonly value: number;
  readonly digits: number;
  readonly hasUnit: boolean;
  readonly next: number;
};

/**
 * Up to `most` numbers from word `at` on, as East Asian systems write dates: "2005년  1월  6일", "4月 18日 2003年", "2024年1月10日", "3 29".
 * Shift_JIS has ASCII in the second byte of a character: only the first byte of a unit tells.
 */
export function readDateNumbers(words: Words, at: number, most: number): readonly DateNumber[] {
  const numbers: DateNumber[] = [];
  for (let next = at + 1; numbers.length < most; next++) {
    const word = words.text(next - 1);
    if (word.length <= 4 && isDigits(word)) {
      numbers.push({ value: Number(word), digits: word.length, hasUnit: false, next });
      continue;
    }
    if (!/^\d{1,4}(?:[.,]|(?:[\x80-\xff]\D{0,3}\d{1,2}){0,2}(?:[\x80-\xff]\D{0,3})?)$/s.test(word)) break;
    for (const [, digits = "", unit = ""] of word.matchAll(/(\d{1,4})(\D*)/g)) {
      numbers.push({ value: Number(digits), digits: digits.length, hasUnit: unit > "\x7f", next });
    }
  }
  return numbers;
}
