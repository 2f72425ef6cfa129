import { readFile } from "node:fs/promises";
import * as z from "zod/mini";

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

const vitestReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  /** One per file. A file that cannot even be loaded fails without a single test. */
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** Vitest's JSON report (`--reporter=json`) as counts. */
export async function countVitest(file: string, exitCode: number): Promise<Counts> {
  const report = await readReport(file, vitestReportSchema);
  if (report === null) return oneFailure;
  const unloaded = report.testResults.filter((one) => one.status === "failed" && one.assertionResults.length === 0);
  return trustExitCode(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/** Playwright's JSON report as counts. A test that passed only when repeated did not pass. */
export async function countPlaywright(file: string, exitCode: number): Promise<Counts> {
  const report = await readReport(file, playwrightReportSchema);
  if (report === null) return oneFailure;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return trustExitCode(exitCode, { passed: expected, failed: unexpected + flaky, skipped });
}

/** Something that either works or does not. */
export function countOne(exitCode: number): Counts {
  return exitCode === 0 ? { ...nothing, passed: 1 } : oneFailure;
}

export function add(left: Counts, right: Counts): Counts {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

const oneFailure: Counts = { ...nothing, failed: 1 };

/** A tool that ends badly although every test passed (an error outside of tests, no test at all) has found a failure. */
function trustExitCode(exitCode: number, counts: Counts): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function readReport<T extends z.ZodMiniType>(file: string, schema: T): Promise<z.output<T> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return null; // the tool died before it could write one
  }
}
