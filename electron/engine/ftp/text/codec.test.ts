import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { textCodec } from "./codec.ts";

const wire = (text: string, encoding: string) => iconv.encode(text, encoding).toString("latin1");
const auto = (speaksUtf8 = false) => textCodec({ encoding: "auto", speaksUtf8 });

describe("an automatic codec", () => {
  test.each([
    ["plain.txt", "ascii"],
    ["grüße 😀.txt", "utf-8"],
    ["测试文件.txt", "gb18030"],
    ["我.txt", "gbk"],
    ["v2版", "gbk"],
    ["Größe.txt", "windows-1252"],
    ["détaillé à côté", "windows-1252"],
    ["naïve café", "latin1"],
  ])("reads %j from its bytes in %s", (text, encoding) => {
    expect(auto().decode(wire(text, encoding))).toBe(text);
  });

  test("lets the names of one listing decide together", () => {
    const codec = auto();
    const names = ["äö", "报告", "测试", "文件夹"].map((text, index) =>
      wire(text, index === 0 ? "windows-1252" : "gbk"),
    );
    codec.observe(names);
    expect(names.slice(1).map(codec.decode)).toEqual(["报告", "测试", "文件夹"]);
    expect(codec.label).toBe("GB18030");
  });

  test("shows every byte of a name that fits nothing", () => {
    expect(auto().decode("\xff\x80.txt")).toBe("ÿ€.txt");
  });

  test("sends UTF-8 when the server speaks it, and else what its names are written in", () => {
    const names = [wire("测试文件", "gbk")];
    const modern = auto(true);
    const old = auto(false);
    modern.observe(names);
    old.observe(names);
    expect(modern.encode("新建")).toBe(wire("新建", "utf-8"));
    expect(old.encode("新建")).toBe(wire("新建", "gbk"));
    expect(auto(false).encode("新建")).toBe(wire("新建", "utf-8"));
  });

  test("is UTF-8 for people until a name says otherwise", () => {
    const codec = auto();
    expect(codec.label).toBe("UTF-8");
    codec.decode(wire("café", "windows-1252"));
    expect(codec.label).toBe("windows-1252");
  });
});

test("what a server says about UTF-8 counts less than three of its names", () => {
  const codec = auto(true);
  codec.observe([wire("测试文件", "gbk"), wire("报告", "gbk")]);
  expect(codec.encode("新建")).toBe(wire("新建", "utf-8"));
  codec.observe([wire("年度总结", "gbk")]);
  expect(codec.encode("新建")).toBe(wire("新建", "gbk"));
  codec.observe([wire("照片", "utf-8")]);
  expect(codec.encode("新建")).toBe(wire("新建", "utf-8"));
});

describe("an encoding that is chosen again", () => {
  test("counts from the next name on, and automatic knows what has been seen meanwhile", () => {
    let encoding = "windows-1252";
    const codec = textCodec({ encoding: () => encoding, speaksUtf8: true });
    const name = wire("我的照片", "gbk");
    codec.observe([name, wire("测试文件", "gbk"), wire("年度总结", "gbk")]);
    const seen = [codec.decode(name)];
    for (encoding of ["big5", "auto", "gb18030", "klingon"]) seen.push(`${codec.label} ${codec.decode(name)}`);
    expect(seen).toEqual(["ÎÒµÄÕÕÆ¬", "Big5 扂腔桽⑵", "GB18030 我的照片", "GB18030 我的照片", "GB18030 我的照片"]);
    expect(codec.encode("新建")).toBe(wire("新建", "gbk"));
  });
});

describe("a chosen encoding", () => {
  test("is used both ways", () => {
    const codec = textCodec({ encoding: "koi8-r", speaksUtf8: true });
    expect(codec.decode(wire("привет", "koi8-r"))).toBe("привет");
    expect(codec.encode("привет")).toBe(wire("привет", "koi8-r"));
    expect(codec.label).toBe("KOI8-R");
  });

  test("must exist", () => {
    expect(() => textCodec({ encoding: "klingon", speaksUtf8: true })).toThrow(
      expect.objectContaining({ kind: "invalid-input" }),
    );
  });
});
