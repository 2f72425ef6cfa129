import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSafePath, writeSafePath } from "./safePath.ts";

describe("a remote folder as FileZilla writes it", () => {
  test.each([
    ["1 0", "/"],
    ["1 0 3 var 3 www", "/var/www"],
    ["1 0 3 a b 1 c", "/a b/c"],
    ["0 0 3 var", "/var"],
    ["3 0 2 C: 3 pub", "/C:/pub"],
    ["1 0 3 1 0 1 2", "/1 0/2"],
    ["1 0 1 😀", "/😀"],
  ])("%j is %s", (text, path) => {
    expect(parseSafePath(text, "code-points")).toBe(path);
  });

  test("a path from Windows counts an emoji twice, and is read whatever the file says it comes from", () => {
    expect(parseSafePath("1 0 2 😀 1 b", "utf-16")).toBe("/😀/b");
    expect(parseSafePath("1 0 2 😀 1 b", "code-points")).toBe("/😀/b");
    expect(parseSafePath("1 0 1 😀 1 b", "utf-16")).toBe("/😀/b");
  });

  test.each([
    ["", "nothing"],
    ["1", "no prefix"],
    ["x 0 3 var", "no type"],
    ["1 0 4 var", "a length past the end"],
    ["1 0 2 var", "a length before the end"],
    ["1 0 0  3 var", "an empty name"],
    ["1 0 -1 var", "a negative length"],
    ["1 0 1e1 0123456789", "a length in another notation"],
    ["1 0 99999999999999999999 var", "a length beyond all measure"],
    ["1 0 3 a/b", "a separator inside a name"],
    ["2 0 4 DEMO", "a path of VMS"],
    ["4 1 ' 4 DEMO", "a path of MVS, with a prefix"],
    ["1 4 DISK 3 var", "a prefix"],
  ])("%j is no path: %s", (text) => {
    expect(parseSafePath(text, "code-points")).toBeNull();
  });

  test("what is written is read back, in either counting", () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 8 }).filter((text) => !text.includes("/"));
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 6 }),
        fc.constantFrom("utf-16" as const, "code-points" as const),
        (names, units) => {
          const path = `/${names.join("/")}`;
          expect(parseSafePath(writeSafePath(path, units), units)).toBe(path);
        },
      ),
    );
  });
});
