import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ensureSystemPackages, testPackages } from "../systemPackages.mjs";
import { habitats } from "../typecheck.mjs";
import { add, type Counts, countOne, countPlaywright, countVitest, nothing } from "./countResults.ts";

const root = resolve(import.meta.dirname, "../..");
const reports = join(root, ".cache/reports");
const playwrightReport = join(root, "test-results/e2e.json"); // as playwright.config.ts says

const needsShell = process.platform === "win32"; // the tools are .cmd files there

type Stage = { readonly key: string; readonly name: string; readonly run: () => Promise<Counts> };

// One after the other: real servers and a real browser share the machine. A stage that fails does not hide what the next would find.
const stages: readonly Stage[] = [
  { key: "setup", name: "system packages", run: setUpSystem },
  { key: "lint", name: "lint and import borders", run: () => runTool("biome", "check", ".") },
  ...habitats.map((habitat) => ({
    key: "types",
    name: `types of ${habitat}`,
    run: () => runTool("tsc", "-p", habitat),
  })),
  { key: "unit", name: "unit tests", run: () => runVitest("unit") },
  { key: "servers", name: "real servers", run: () => runVitest("servers") },
  { key: "build", name: "build", run: () => runTool(process.execPath, "build/build.mjs") },
  { key: "e2e", name: "end to end", run: runPlaywright },
];

// `npm test` runs all of them, `npm test -- unit e2e` those two.
const wanted = process.argv.slice(2);
const unknown = wanted.filter((key) => !stages.some((stage) => stage.key === key));
if (unknown.length > 0) {
  console.error(
    `There is no stage ${unknown.join(", ")}. There are ${[...new Set(stages.map(({ key }) => key))].join(", ")}.`,
  );
  process.exit(1);
}

await rm(reports, { recursive: true, force: true });
await rm(playwrightReport, { force: true }); // an old one must not speak for a run that died
await mkdir(reports, { recursive: true });

const lastWords: string[] = [];
let total = nothing;
for (const { key, name, run } of stages) {
  if (wanted.length > 0 && !wanted.includes(key)) continue;
  const startedMs = performance.now();
  const counts = await run();
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${counts.failed === 0 ? "✓" : "✗"} ${name}: ${describeCounts(counts)} (${seconds} s)`);
  const isUnnamed = counts.failed > 0 && counts.failures.length === 0;
  total = add(total, isUnnamed ? { ...counts, failures: [name] } : counts);
}
// Again at the end, where a long record is read first.
for (const words of lastWords) console.log(words);
for (const failure of total.failures) console.log(`✗ ${failure}`);
console.log(describeCounts(total));
process.exitCode = total.failed === 0 ? 0 : 1;

function describeCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

async function setUpSystem(): Promise<Counts> {
  try {
    await ensureSystemPackages(testPackages);
    return nothing;
  } catch (error) {
    lastWords.push(error instanceof Error ? error.message : String(error));
    return countOne(1);
  }
}

async function runTool(command: string, ...args: readonly string[]): Promise<Counts> {
  return countOne(await quietly(command, args));
}

async function runPlaywright(): Promise<Counts> {
  return countPlaywright(playwrightReport, await aloud("playwright", ["test"]));
}

async function runVitest(project: string): Promise<Counts> {
  const report = join(reports, `${project}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return countVitest(report, await quietly("vitest", args));
}

/** Runs a tool and shows what it said only if it failed. Resolves to its exit code. */
function quietly(command: string, args: readonly string[]): Promise<number> {
  return new Promise((settle) => {
    const said: Buffer[] = [];
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: needsShell });
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.on("error", (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on("close", (code) => {
      if (code !== 0) {
        process.stdout.write(Buffer.concat(said));
        lastWords.push(`${command} ${args[0]} ended so:\n${lastLinesOf(Buffer.concat(said).toString())}`);
      }
      settle(code ?? 1);
    });
  });
}

function lastLinesOf(text: string): string {
  const lines = text.trimEnd().split("\n");
  return lines.slice(-30).join("\n");
}

/** Runs a tool that takes minutes, and shows what it says while it runs. */
function aloud(command: string, args: readonly string[]): Promise<number> {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], shell: needsShell });
    child.on("error", (error) => console.error(error.message));
    child.on("close", (code) => settle(code ?? 1));
  });
}
