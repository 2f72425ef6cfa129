import { expect, test } from "vitest";
import { readSize, writeSize } from "./fileSize.ts";

test.each<[string, number | null | undefined]>([
  ["", null],
  ["  ", null],
  ["0", 0],
  ["300", 300],
  ["300 B", 300],
  ["10 MB", 10 * 1024 ** 2],
  ["10m", 10 * 1024 ** 2],
  ["1.5 GiB", 1.5 * 1024 ** 3],
  ["1,5g", 1.5 * 1024 ** 3],
  ["2 t", 2 * 1024 ** 4],
  ["-1", undefined],
  ["ten", undefined],
  ["1 2", undefined],
  ["999999999999 T", undefined],
])("%j is %s bytes", (text, bytes) => {
  expect(readSize(text)).toBe(bytes);
});

test.each([null, 0, 1, 1_000, 1_024, 1_536, 10 * 1024 ** 2, 1024 ** 4])(
  "%s is written so that it is read as itself",
  (bytes) => {
    expect(readSize(writeSize(bytes))).toBe(bytes);
  },
);
