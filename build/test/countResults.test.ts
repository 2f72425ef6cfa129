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
    testResults: [
      {
        name: join(process.cwd(), "shared/x.test.ts"),
        status: "failed",
        assertionResults: [
          { status: "failed", fullName: " a file arrives" },
          { status: "passed", fullName: " a file goes" },
        ],
      },
    ],
  };

  test("is counted, and what failed is named", async () => {
    expect(await countVitest(await save(report), 1)).toEqual({
      ...{ passed: 7, failed: 2, skipped: 2 },
      failures: ["shared/x.test.ts › a file arrives"],
    });
  });

  test("a file that could not be loaded is a failure of its own", async () => {
    const broken = { ...report, numFailedTests: 0, testResults: [{ status: "failed", assertionResults: [] }] };
    expect(await countVitest(await save(broken), 1)).toMatchObject({ passed: 7, failed: 1, skipped: 2 });
  });

  test("a bad end with every test passed is a failure", async () => {
    const fine = { ...report, numFailedTests: 0, testResults: [] };
    expect(await countVitest(await save(fine), 1)).toEqual({
      ...{ passed: 7, failed: 1, skipped: 2 },
      failures: ["exit code 1, although every test passed"],
    });
    expect(await countVitest(await save(fine), 0)).toMatchObject({ passed: 7, failed: 0, skipped: 2 });
  });

  test("a missing or cut report is a failure, even when the tool says it was fine", async () => {
    expect(await countVitest(join(folder, "none.json"), 0)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
    expect(await countVitest(await save({ numPassedTests: 3 }), 0)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  });
});

test("Playwright's report is counted, and what passed only at the second try has failed", async () => {
  const spec = (title: string, ok: boolean) => ({ title, ok, file: "x.spec.ts", line: 3 });
  const inner = { title: "folders", specs: [spec("go up", false), spec("come down", true)] };
  const suites = [{ title: "x.spec.ts", specs: [spec("opens", true)], suites: [inner] }];
  const file = await save({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 }, suites });
  expect(await countPlaywright(file, 1)).toEqual({
    ...{ passed: 5, failed: 2, skipped: 3 },
    failures: ["x.spec.ts:3 › go up"],
  });
});

test("lint, a type check and a build count as one each", () => {
  expect([0, 1].map(countOne).reduce(add)).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
});
