import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { add, countOne, countPlaywright, countVitest } from "./countResults.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-results-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function save(report: unknown): Promise<string> {
  const file = join(folder, "report.json");
  await writeFile(file, JSON.stringify(report));
  return file;
}

describe("Vitest's report", () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 2,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [{ status: "failed", assertionResults: [{}] }],
  };

  test("is counted", async () => {
    expect(await countVitest(await save(report), 1)).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  test("a file that could not be loaded is a failure of its own", async () => {
    const broken = { ...report, numFailedTests: 0, testResults: [{ status: "failed", assertionResults: [] }] };
    expect(await countVitest(await save(broken), 1)).toEqual({ passed: 7, failed: 1, skipped: 2 });
  });

  test("a bad end with every test passed is a failure", async () => {
    const fine = { ...report, numFailedTests: 0, testResults: [] };
    expect(await countVitest(await save(fine), 1)).toEqual({ passed: 7, failed: 1, skipped: 2 });
    expect(await countVitest(await save(fine), 0)).toEqual({ passed: 7, failed: 0, skipped: 2 });
  });

  test("a missing or cut report is a failure, even when the tool says it was fine", async () => {
    expect(await countVitest(join(folder, "none.json"), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(await countVitest(await save({ numPassedTests: 3 }), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

test("Playwright's report is counted, and what passed only at the second try has failed", async () => {
  const file = await save({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 } });
  expect(await countPlaywright(file, 1)).toEqual({ passed: 5, failed: 2, skipped: 3 });
});

test("lint, a type check and a build count as one each", () => {
  expect([0, 1].map(countOne).reduce(add)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});
