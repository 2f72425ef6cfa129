import { expect, test } from "vitest";
import { visibleText } from "./visibleText.ts";

test.each([
  ["plain text stays", "220 Welcome, 欢迎 – ñ", "220 Welcome, 欢迎 – ñ"],
  ["an escape sequence loses its power and stays readable", "\u001b[31mred", "\\x1b[31mred"],
  ["line ends inside a line are shown", "a\r\nb\tc\0", "a\\x0d\\x0ab\\x09c\\x00"],
  ["delete and C1 controls are shown", "\u007f\u009b", "\\x7f\\x9b"],
  ["a turned reading direction is shown", "txt.\u202eexe", "txt.\\u202eexe"],
])("%s", (_what, text, expected) => expect(visibleText(text)).toBe(expected));
