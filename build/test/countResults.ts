import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import * as z from "zod/mini";

export type Counts = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, by name, where the tool's report tells. */
  readonly failures: readonly string[];
};

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

const vitestReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  /** One per file. A file that cannot even be loaded fails without a single test. */
  testResults: z.array(
    z.object({
      name: z.optional(z.string()),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.optional(z.string()), fullName: z.optional(z.string()) })),
    }),
  ),
});

const playwrightReportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.optional(z.array(z.unknown())),
});

/** A file, or a `describe` within one. */
const suiteSchema = z.object({
  specs: z.array(z.object({ title: z.string(), ok: z.boolean(), file: z.string(), line: z.number() })),
  suites: z.optional(z.array(z.unknown())),
});

/** Vitest's JSON report (`--reporter=json`) as counts. */
export async function countVitest(file: string, exitCode: number): Promise<Counts> {
  const report = await readReport(file, vitestReportSchema);
  if (report === null) return oneFailure;
  const unloaded = report.testResults.filter((one) => one.status === "failed" && one.assertionResults.length === 0);
  const failures = report.testResults.flatMap(({ name = "", assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName = "" }) => `${relative(process.cwd(), name)} › ${fullName.trim()}`),
  );
  return trustExitCode(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [...failures, ...unloaded.map(({ name = "" }) => `${relative(process.cwd(), name)} (not loaded)`)],
  });
}

/** Playwright's JSON report as counts. A test that passed only when repeated did not pass. */
export async function countPlaywright(file: string, exitCode: number): Promise<Counts> {
  const report = await readReport(file, playwrightReportSchema);
  if (report === null) return oneFailure;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failures = (report.suites ?? []).flatMap(failuresIn);
  return trustExitCode(exitCode, { passed: expected, failed: unexpected + flaky, skipped, failures });
}

function failuresIn(suite: unknown): readonly string[] {
  const parsed = suiteSchema.safeParse(suite);
  if (!parsed.success) return [];
  const { specs, suites = [] } = parsed.data;
  const failed = specs.filter(({ ok }) => !ok).map(({ title, file, line }) => `${file}:${line} › ${title}`);
  return [...failed, ...suites.flatMap(failuresIn)];
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
    failures: [...left.failures, ...right.failures],
  };
}

const oneFailure: Counts = { ...nothing, failed: 1 };

/** A tool that ends badly although every test passed (an error outside of tests, no test at all) has found a failure. */
function trustExitCode(exitCode: number, counts: Counts): Counts {
  if (exitCode === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, failures: [`exit code ${exitCode}, although every test passed`] };
}

async function readReport<T extends z.ZodMiniType>(file: string, schema: T): Promise<z.output<T> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return null; // the tool died before it could write one
  }
}
