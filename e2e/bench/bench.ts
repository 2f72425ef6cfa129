import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureSystemPackages, testPackages } from "../../build/systemPackages.mjs";
import { measureLargeFolder } from "./largeFolder.ts";
import { measureFilezillaQueue } from "./queue/measureFilezillaQueue.ts";
import { measureQueue } from "./queue/measureQueue.ts";
import { type ContenderName, listCases } from "./race/raceCase.ts";
import { type RaceResult, runRace } from "./race/runRace.ts";
import { type Withdrawal, withdraw } from "./race/withdraw.ts";
import { describeNotes } from "./report/describeNotes.ts";
import { describeRaces } from "./report/describeRaces.ts";
import { type Figures, listFigures } from "./report/figures.ts";
import { formatTable } from "./report/statistics.ts";
import { writeGuide } from "./report/writeGuide.ts";

const help = `Usage: npm run bench -- [options]

Measures Portside against curl, lftp (as installed, and tuned), basic-ftp and FileZilla on servers of its own, one after the other in
each round; a folder of 100,000 files in Chromium; and a drop of a million files. FileZilla has its window on a screen of its own that
nobody sees (Xvfb); where there can be none, the table says so.

  --only A,D,H       Cases by letter (A–G races, H the folder, I the drop); default all
  --scale N          Sizes and counts times N (default 1; 0.05 takes minutes)
  --rounds N         Runs of each (default 5)
  --clients A,B      Only these, by the names in the table; default all
  --guide            Writes docs/guide/performance.md and its chart
  --help`;

const outputFolder = resolve(import.meta.dirname, "../../test-results/bench");

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "A,B,C,D,E,F,G,H,I" },
    scale: { type: "string", default: "1" },
    rounds: { type: "string", default: "5" },
    clients: { type: "string" },
    guide: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(help);
else await runBench(values.only.toUpperCase().split(","), Number(values.scale), Number(values.rounds));

async function runBench(letters: readonly string[], scale: number, rounds: number): Promise<void> {
  await ensureSystemPackages(testPackages);
  const machine = describeMachine();
  const races: RaceResult[] = [];
  for (const one of listCases(scale).filter(({ letter }) => letters.includes(letter))) {
    console.log(`${one.letter}  ${one.title}`);
    races.push(await runRace({ ...one, contenders: one.contenders.filter(isWanted) }, rounds, console.log));
  }
  const folder = letters.includes("H") ? await measureLargeFolder(Math.round(100_000 * scale)) : null;
  const rows = Math.round(1_000_000 * scale);
  const queue = letters.includes("I") ? await measureQueue(rows) : null;
  const filezillaQueue =
    letters.includes("I") && isWanted("FileZilla") ? await measureFilezillaQueue(rows).catch(giveUp) : null;
  await report({ machine, scale, rounds, races, folder, queue, filezillaQueue });
}

function giveUp(error: unknown): Withdrawal {
  return withdraw("FileZilla", error);
}

/** To look closely at one of them; a race has all. */
function isWanted(name: ContenderName): boolean {
  return values.clients?.split(/,(?! )/).includes(name) ?? true; // "lftp, tuned" is one name
}

function describeMachine(): Figures["machine"] {
  const [loadBefore = 0] = loadavg();
  return { processors: cpus().length, model: cpus()[0]?.model ?? "", node: process.version, loadBefore };
}

async function report(figures: Figures): Promise<void> {
  const { machine, rounds, races } = figures;
  await mkdir(outputFolder, { recursive: true });
  const path = join(outputFolder, `${new Date().toISOString().replaceAll(":", "-")}.json`);
  await writeFile(path, `${JSON.stringify(figures, null, 2)}\n`);
  if (races.length > 0) console.log(`\n${formatTable(describeRaces(races))}\n`);
  for (const note of describeNotes(figures)) console.log(`${note}\n`);
  for (const one of listFigures(figures)) console.log(`${formatTable(rowsOf(one))}\n`);
  console.log(
    `Medians of ${rounds} interleaved runs on ${machine.processors} processors. A ratio below 1 means Portside is faster.`,
  );
  if (machine.loadBefore > 1)
    console.log(
      `Something else kept the machine busy (load ${machine.loadBefore.toFixed(1)}): do not trust these far.`,
    );
  console.log(`All figures: ${path}`);
  if (values.guide) await writeGuide(figures);
}

function rowsOf(figures: Readonly<Record<string, number>>): string[][] {
  return [["", "figure"], ...Object.entries(figures).map(([what, value]) => [what, value.toFixed(0)])];
}
