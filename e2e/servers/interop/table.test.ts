import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { checksOf, themes } from "./checks.ts";
import { type Known, known } from "./known.ts";
import { judge } from "./outcome.ts";
import { tablePath } from "./results.ts";
import { expectedResults, renderTable } from "./table.ts";
import { targets } from "./targets.ts";

describe("the table of servers", () => {
  test("shows what the checks and the known limits say today", async () => {
    expect(await readFile(tablePath, "utf8")).toBe(renderTable(expectedResults()));
  });

  test("is not written from a run in which a check has failed", () => {
    expect(() => renderTable(expectedResults().slice(1))).toThrow("vsftpd, plain: login.start has not passed.");
  });
});

describe("the list of known limits", () => {
  test("names checks of the server, each once", () => {
    const pairs = known.flatMap(({ server, checks }) => checks.map((check) => `${server}: ${check}`));
    expect(new Set(pairs).size).toBe(pairs.length);
    const all = targets.flatMap((target) => checksOf(target).map(({ id }) => `${target.server}: ${id}`));
    expect(pairs.filter((pair) => !all.includes(pair))).toEqual([]);
  });

  test("has checks with names of their own", () => {
    const ids = themes.flatMap(({ checks }) => checks.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  const limit: Known = { server: "vsftpd", checks: ["a.b"], reason: "cannot", shows: { kind: "not-found" } };

  test("is held to what a check really shows", () => {
    expect(judge(undefined, undefined)).toBe("passed");
    expect(judge(limit, new AppError("not-found", "no"))).toBe("known");
    expect(judge({ ...limit, shows: { message: "five" } }, new Error("six is not five"))).toBe("known");
    expect(() => judge(undefined, new Error("broken"))).toThrow("broken");
    expect(() => judge(limit, undefined)).toThrow("passes after all");
    expect(() => judge(limit, new AppError("busy", "no"))).toThrow("another way");
    expect(() => judge({ ...limit, shows: { message: "five" } }, new Error("six"))).toThrow("another way");
  });
});
