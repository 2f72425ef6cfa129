import { afterEach, describe, expect, test, vi } from "vitest";
import { createFormats } from "./format.ts";

const words = { today: (time: string) => `Today ${time}`, yesterday: (time: string) => `Yesterday ${time}` };
const en = createFormats("en", "binary", words);

describe("sizes", () => {
  test.each([
    [0, "0 B"],
    [1023, "1,023 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [12_400_000, "11.8 MiB"],
    [1_048_000, "1,023.4 KiB"],
    [1_048_575, "1 MiB"],
    [5 * 1024 ** 3, "5 GiB"],
  ])("%d bytes are written %s", (bytes, text) => expect(en.size(bytes)).toBe(text));

  test("decimal units step by a thousand", () => {
    expect(createFormats("en", "decimal", words).size(12_400_000)).toBe("12.4 MB");
  });

  test("bytes are written in full when the settings ask for it", () => {
    expect(createFormats("en", "bytes", words).size(12_400_000)).toBe("12,400,000 B");
  });

  test("an unknown size is left empty", () => expect(en.size(null)).toBe(""));

  test("a speed is a size per second", () => expect(en.speed(2_097_152.4)).toBe("2 MiB/s"));
});

describe("durations", () => {
  test.each([
    [400, "0 sec"],
    [45_000, "45 sec"],
    [180_000, "3 min"],
    [3_600_000, "1 hr"],
    [4_800_000, "1 hr 20 min"],
  ])("%d ms are written %s", (ms, text) => expect(en.duration(ms)).toBe(text));

  test("Chinese has its own units", () =>
    expect(createFormats("zh-CN", "binary", words).duration(180_000)).toBe("3分钟"));
});

describe("times", () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each(["America/Los_Angeles", "Pacific/Auckland"])("a day that the server told is the same day in %s", (zone) => {
    vi.stubEnv("TZ", zone);
    const there = createFormats("en", "binary", words);
    expect(there.time(Date.UTC(2007, 10, 1), "day", now)).toBe("Nov 1, 2007");
    expect(there.exactTime(Date.UTC(2007, 10, 1), "day")).toBe("Thursday, November 1, 2007");
  });

  const now = new Date(2026, 10, 21, 15, 30).getTime();

  test("the last hour is told in minutes", () => expect(en.time(now - 5 * 60_000, "second", now)).toBe("5 min. ago"));

  test("what just happened is now", () => expect(en.time(now - 20_000, "second", now)).toBe("now"));

  test("earlier today and yesterday are told by the clock", () => {
    expect(en.time(new Date(2026, 10, 21, 9, 5).getTime(), "minute", now)).toBe("Today 09:05");
    expect(en.time(new Date(2026, 10, 20, 23, 59).getTime(), "minute", now)).toBe("Yesterday 23:59");
  });

  test("older and future times are told by date, with the year where it is another one", () => {
    expect(en.time(new Date(2025, 0, 2, 3, 4).getTime(), "second", now)).toBe("Jan 2, 2025 03:04");
    expect(en.time(new Date(2026, 10, 22, 3, 4).getTime(), "second", now)).toBe("Nov 22 03:04");
  });

  test("a Chinese date of another year is short enough for a column", () => {
    const zh = createFormats("zh-CN", "binary", words);
    expect(zh.time(new Date(2024, 11, 21, 3, 4).getTime(), "second", now)).toBe("2024/12/21 03:04");
  });

  test("a server that knows the day only is not given an hour", () => {
    const day = new Date(2026, 10, 21).getTime();
    expect(en.time(day, "day", now)).toBe("Nov 21, 2026");
    expect(en.exactTime(day, "day")).toBe("Saturday, November 21, 2026");
  });
});
