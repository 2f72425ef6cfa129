import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureSystemPackages, testPackages } from "../../build/systemPackages.mjs";
import { type FaultReport, runFaults } from "./faultRun.ts";
import { type KillReport, runKills } from "./killRun.ts";
import { type LineReport, runLineFaults } from "./lineRun.ts";

const help = `Usage: npm run torture -- [options]

Kills the engine while files move, and lets servers, lines and disks fail; in the end every byte must be where it belongs.

  --only kills,faults,lines   Default: all three
  --seed N                    Repeats a run (default: by the clock)
  --kills N                   Default 200, over waves of 1,000 files
  --faults N                  Default 1000, over 3,000 transfers; half as many on lines with TLS
  --guide                     Writes the figures into docs/guide/reliability.md
  --help`;

const begin = "<!-- figures: written by `npm run torture -- --guide` -->";
const end = "<!-- end of figures -->";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "kills,faults,lines" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    kills: { type: "string", default: "200" },
    faults: { type: "string", default: "1000" },
    guide: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(help);
else await torture();

async function torture(): Promise<void> {
  await ensureSystemPackages(testPackages);
  const seed = Number(values.seed);
  const faults = Number(values.faults);
  const parts = values.only.split(",");
  console.log(`Seed ${seed}`);
  const reports: Report[] = [];
  const add = async (title: string, run: (say: (line: string) => void) => Promise<Report["figures"]>) => {
    console.log(title);
    reports.push({ title, figures: await run(console.log) });
  };
  if (parts.includes("kills"))
    await add("The engine is killed (SIGKILL), vsftpd", (say) =>
      runKills({ seed, kills: Number(values.kills), files: 1_000 }, say),
    );
  if (parts.includes("faults"))
    await add("Servers and disks fail", (say) => runFaults({ seed, faults, transfers: 3 * faults }, say));
  for (const isEncrypted of [false, true]) {
    const count = Math.round(faults / 2);
    if (parts.includes("lines"))
      await add(`Lines fail, vsftpd, ${isEncrypted ? "TLS" : "plain"}`, (say) =>
        runLineFaults({ seed, faults: count, transfers: 3 * count, isEncrypted }, say),
      );
  }
  for (const { title, figures } of reports) console.log(`${title}: ${JSON.stringify(figures)}`);
  if (values.guide) await writeGuide(reports);
}

type Report = { readonly title: string; readonly figures: KillReport | FaultReport | LineReport };

async function writeGuide(reports: readonly Report[]): Promise<void> {
  const path = resolve(import.meta.dirname, "../../docs/guide/reliability.md");
  const page = await readFile(path, "utf8");
  const [before = "", rest = ""] = page.split(begin);
  const after = rest.slice(rest.indexOf(end));
  const tables = reports.map(({ title, figures }) => {
    const rows = Object.entries(figures).map(([what, value]) => `| ${wordsOf(what)} | ${value} |`);
    return `### ${title}\n\n| | |\n|---|--:|\n${rows.join("\n")}`;
  });
  await writeFile(path, `${before}${begin}\n\n${tables.join("\n\n")}\n\n${after}`);
}

/** "killsAtStart" is "kills at start". */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
