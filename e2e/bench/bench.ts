import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureSystemPackages, testPackages } from "../../build/systemPackages.mjs";
import { measureLargeFolder } from "./largeFolder.ts";
import { curl, lftp, pget } from "./peers.ts";
import { portside } from "./portside.ts";
import { formatTable } from "./statistics.ts";
import { farCourse, type RaceResult, type RaceSize, race } from "./transferRace.ts";

const help = `Usage: npm run bench -- [options]

Measures Portside against curl and lftp on a vsftpd of its own, and a folder of 100,000 files in Chromium.

  --quick            Small files and three rounds: a minute instead of ten
  --rounds N         Runs of each (default 5)
  --at-once N,M      Transfers at once, for many files (default 2,8)
  --only WHAT        "transfers", "far" or "folder"
  --help`;

const full: RaceSize = { largeBytes: 1024 ** 3, smallFiles: 2000, smallBytes: 4096, rounds: 5, parallels: [2, 8] };
const quick: RaceSize = { ...full, largeBytes: 128 * 1024 ** 2, smallFiles: 300, rounds: 3 };
const outputFolder = resolve(import.meta.dirname, "../../test-results/bench");

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    "at-once": { type: "string" },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(help);
else await runBench();

async function runBench(): Promise<void> {
  await ensureSystemPackages(testPackages);
  const base = values.quick ? quick : full;
  const size: RaceSize = {
    ...base,
    rounds: values.rounds ? Number(values.rounds) : base.rounds,
    parallels: values["at-once"]?.split(",").map(Number) ?? base.parallels,
  };
  const [loadBefore = 0] = loadavg();
  const isWanted = (what: string) => values.only === undefined || values.only === what;
  const transfers = isWanted("transfers") ? await race(size, [portside, curl, lftp], console.log) : [];
  if (isWanted("far")) {
    const far = { ...size, largeBytes: 200 * 1024 ** 2, smallFiles: 1 };
    transfers.push(...(await race(far, [portside, curl, pget], console.log, farCourse(far))));
  }
  const folder = !isWanted("folder") ? null : await measureLargeFolder(values.quick ? 20_000 : 100_000);

  const machine = { processors: cpus().length, model: cpus()[0]?.model ?? "", node: process.version, loadBefore };
  await mkdir(outputFolder, { recursive: true });
  const path = join(outputFolder, `${new Date().toISOString().replaceAll(":", "-")}.json`);
  await writeFile(path, `${JSON.stringify({ machine, size, transfers, folder }, null, 2)}\n`);

  if (transfers.length > 0) console.log(`\n${formatTable(describeRace(transfers))}\n`);
  if (folder) {
    const rows = Object.entries(folder).map(([what, value]) => [
      what,
      typeof value === "number" ? value.toFixed(0) : value,
    ]);
    console.log(
      `\n${formatTable([["One folder, in Chromium", "ms"], ...rows.map(([what = "", value = ""]) => [what, value])])}\n`,
    );
  }
  console.log(
    `Medians of ${size.rounds} interleaved runs on ${machine.processors} processors. A ratio below 1 means Portside is faster.`,
  );
  if (loadBefore > 1)
    console.log(
      `Something else kept the machine busy (load ${loadBefore.toFixed(1)}): do not trust these figures far.`,
    );
  console.log(`All figures: ${path}`);
}

function describeRace(results: readonly RaceResult[]): string[][] {
  const header = ["", "Portside", "curl", "lftp", "ours / curl", "ours / lftp", "cpu / curl", "cpu / lftp"];
  const rows = results.map(({ title, contenders }) => {
    const of = (name: string) =>
      contenders.find((one) => one.name === name) ?? { medianMs: Number.NaN, medianCpuMs: Number.NaN };
    const [ours, theirs, others] = [of("Portside"), of("curl"), of("lftp")];
    const seconds = ({ medianMs }: { medianMs: number }) => `${(medianMs / 1000).toFixed(2)} s`;
    return [
      title,
      seconds(ours),
      seconds(theirs),
      seconds(others),
      (ours.medianMs / theirs.medianMs).toFixed(2),
      (ours.medianMs / others.medianMs).toFixed(2),
      (ours.medianCpuMs / theirs.medianCpuMs).toFixed(2),
      (ours.medianCpuMs / others.medianCpuMs).toFixed(2),
    ];
  });
  return [header, ...rows];
}
