import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeNameAmong, fromLocalName, type NamePlatform, nameKey, toLocalName, withSuffix } from "./localNames.ts";

const platforms: readonly NamePlatform[] = ["linux", "mac", "windows"];

describe("a server's name on this disk", () => {
  test.each(["report.pdf", "with space", "100%25", "..%2f..%2fx", "#1", "-rf", ".bashrc", "emoji 🚢", "...", "中文"])(
    "%s stays as it is",
    (name) => {
      expect(toLocalName(name, "linux")).toBe(name);
    },
  );

  test.each([
    ["/etc/cron.d/x", "linux", "／etc／cron.d／x"],
    ["..", "linux", "．．"],
    [".", "mac", "．"],
    ["a\nb\0c", "linux", "a␊b␀c"],
    ["a\x85b", "linux", "a\uf085b"],
    ["c:\\x", "linux", "c:\\x"],
    ["c:\\x?", "windows", "c：＼x？"],
    ["aux.txt", "windows", "‛aux.txt"],
    ["COM¹", "windows", "‛COM¹"],
    ["console", "windows", "console"],
    ["a.", "windows", "a．"],
    ["a ", "windows", "a␠"],
    ["a／b", "linux", "a‛／b"],
    ["会议：纪要？.txt", "linux", "会议：纪要？.txt"],
    ["会议：纪要？.txt", "mac", "会议：纪要？.txt"],
    ["会议：纪要.txt", "windows", "会议‛：纪要.txt"],
    ["．．", "linux", "‛．．"],
    ["a．b", "linux", "a．b"],
  ] as const)("%j on %s becomes %j", (name, platform, expected) => {
    expect(toLocalName(name, platform)).toBe(expected);
  });

  test("an entry without a name is refused", () => {
    expect(() => toLocalName("", "linux")).toThrow(expect.objectContaining({ kind: "name-not-allowed" }));
  });

  test("every name that fits comes back unchanged, is one segment, and differs from every other", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    const awkward = fc.string({
      unit: fc.constantFrom(".", "/", "\\", "\0", "‛", "／", "．", " ", "␠", ":", "\x85", "\uf085", "a"),
    });
    fc.assert(
      fc.property(fc.oneof(name, awkward), fc.constantFrom(...platforms), (remote, platform) => {
        fc.pre(remote !== "");
        const local = toLocalName(remote, platform);
        expect(fromLocalName(local, platform)).toBe(remote);
        expect(local).not.toMatch(/[/\0]/);
        expect([".", "..", ""]).not.toContain(local);
        if (platform === "windows") expect(local).not.toMatch(/[<>:"\\|?*]|[. ]$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a name of a thousand bytes is shortened, keeps its extension, and stays different from its neighbour", () => {
    const [one, two] = ["é".repeat(500), `${"é".repeat(499)}è`].map((stem) => toLocalName(`${stem}.tar.gz`, "linux"));
    expect(one).toMatch(/^é+~[0-9a-f]{8}\.tar\.gz$/);
    expect(Buffer.byteLength(one ?? "")).toBeLessThanOrEqual(255);
    expect(one).not.toBe(two);
  });

  test("half a character, which no disk can hold, becomes a whole one", () => {
    expect(toLocalName("a\ud800b", "linux")).toBe("a\ufffdb");
  });
});

describe("free names", () => {
  test.each([
    ["a.txt", ["a.txt"], "a (2).txt"],
    ["a.tar.gz", ["a.tar.gz", "a (2).tar.gz"], "a (3).tar.gz"],
    [".bashrc", [".bashrc"], ".bashrc (2)"],
    ["folder", [], "folder"],
    ["v1. final", ["v1. final"], "v1. final (2)"],
  ])("%s beside %j is %s", (wanted, taken, expected) => {
    expect(freeNameAmong(wanted, (name) => taken.includes(name))).toBe(expected);
  });

  test("names that differ by case alone share a key where the disk ignores case", () => {
    expect(nameKey("README", "mac")).toBe(nameKey("Readme", "mac"));
    expect(nameKey("README", "linux")).not.toBe(nameKey("Readme", "linux"));
    expect(nameKey("é", "windows")).toBe(nameKey("e\u0301", "windows"));
  });

  test("a suffix never makes a name too long", () => {
    expect(withSuffix("short", ".part")).toBe("short.part");
    const long = withSuffix("x".repeat(255), ".part");
    expect(long).toMatch(/^x+~[0-9a-f]{8}\.part$/);
    expect(long).toHaveLength(255);
  });
});
