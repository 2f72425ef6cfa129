import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { encodingDetector } from "./detectEncoding.ts";
import { realNames } from "./testing/realNames.ts";

/** The share of listings of `size` names that are read right, each name beginning one. */
function shareReadRight(names: readonly string[], encoding: string, size: number): number {
  const isReadRight = (_: string, start: number) => {
    const listing = Array.from({ length: size }, (_, index) => names[(start + index * 7) % names.length] ?? "");
    const detector = encodingDetector();
    const wires = listing.map((name) => iconv.encode(name, encoding));
    for (const wire of wires) if (wire.some((byte) => byte >= 0x80)) detector.observe(wire);
    return wires.every((wire, index) => iconv.decode(wire, detector.label) === listing[index]);
  };
  return names.filter(isReadRight).length / names.length;
}

/** One letter that two languages write with the same byte cannot be told from one name: "ø" and "ř", "ñ" and "ń". */
describe.each<
  [language: keyof typeof realNames, encoding: string, of: readonly [one: number, two: number, three: number]]
>([
  ["simplified Chinese", "GB18030", [1, 1, 1]],
  ["traditional Chinese", "Big5", [1, 1, 1]],
  ["Japanese", "Shift_JIS", [1, 1, 1]],
  ["Japanese", "EUC-JP", [0.95, 1, 1]],
  ["Korean", "EUC-KR", [1, 1, 1]],
  ["Russian", "windows-1251", [1, 1, 1]],
  ["Russian", "KOI8-R", [1, 1, 1]],
  ["Russian", "ISO-8859-5", [1, 1, 1]],
  ["Ukrainian", "windows-1251", [0.95, 1, 1]],
  ["Ukrainian", "KOI8-U", [1, 1, 1]],
  ["Greek", "windows-1253", [0.95, 1, 1]],
  ["Greek", "ISO-8859-7", [0.95, 1, 1]],
  ["Turkish", "windows-1254", [0.75, 0.85, 0.95]],
  ["German", "windows-1252", [1, 1, 1]],
  ["French", "windows-1252", [1, 1, 1]],
  ["French", "ISO-8859-15", [1, 1, 1]],
  ["Polish", "windows-1250", [0.75, 0.95, 1]],
  ["Polish", "ISO-8859-2", [0.7, 0.9, 1]],
  ["Czech", "windows-1250", [0.65, 1, 1]],
  ["Czech", "ISO-8859-2", [0.4, 0.75, 0.9]],
  ["Hungarian", "windows-1250", [0.75, 0.7, 0.75]],
  ["Hungarian", "ISO-8859-2", [0.75, 0.7, 0.75]],
])("file names in %s, written in %s,", (language, encoding, least) => {
  const names = realNames[language].filter((name) => iconv.decode(iconv.encode(name, encoding), encoding) === name);

  test.each([1, 2, 3] as const)("are read right in listings of %i", (size) => {
    expect(shareReadRight(names, encoding, size)).toBeGreaterThanOrEqual(least[size - 1] ?? 1);
  });

  test("are all read right in listings of eight", () => {
    expect(shareReadRight(names, encoding, 8)).toBe(1);
  });
});

test("a listing is weighed in a fraction of a second", () => {
  const names = realNames["simplified Chinese"].map((name) => iconv.encode(name, "gbk"));
  const before = process.cpuUsage();
  const detector = encodingDetector();
  for (let index = 0; index < 100_000; index++) detector.observe(names[index % names.length] ?? Buffer.alloc(0));
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(500); // about 20 ms on one core
  expect(detector.label).toBe("GB18030");
});
