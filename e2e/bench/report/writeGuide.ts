import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describeNotes } from "./describeNotes.ts";
import { describeRaces } from "./describeRaces.ts";
import { drawChart } from "./drawChart.ts";
import { type Figures, listFigures } from "./figures.ts";

const guideFolder = resolve(import.meta.dirname, "../../../docs/guide");

/** The page of figures: its words stand between the marks and are kept, tables and chart are written anew. */
export async function writeGuide(figures: Figures): Promise<void> {
  const path = resolve(guideFolder, "performance.md");
  const page = await readFile(path, "utf8");
  await writeFile(resolve(guideFolder, "performance.svg"), drawChart(figures.races));
  await writeFile(path, replaceFigures(page, describeFigures(figures)));
}

const begin = "<!-- figures: written by `npm run bench -- --guide` -->";
const end = "<!-- end of figures -->";

/** Everything between the marks. Throws when they are not there: nothing else of the page is ours. */
export function replaceFigures(page: string, figures: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error("docs/guide/performance.md has no place for the figures.");
  return `${page.slice(0, from)}${begin}\n\n${figures}\n\n${page.slice(to)}`;
}

function describeFigures(figures: Figures): string {
  const { machine, scale, rounds, races } = figures;
  const parts = [
    `${machine.processors} processors (${machine.model}), Node ${machine.node}, load before ${machine.loadBefore.toFixed(1)}, ` +
      `medians of ${rounds} interleaved runs, sizes × ${scale}. Seconds; CPU is the client's alone.`,
    markdownTable(describeRaces(races)),
    ...describeNotes(figures),
    "![Time taken by each client](performance.svg)",
  ];
  const tables = listFigures(figures).map((one) =>
    markdownTable([["what", "figure"], ...Object.entries(one).map(toRow)]),
  );
  return [...parts, ...tables].join("\n\n");
}

function toRow([what, value]: readonly [string, number]): string[] {
  return [what, value.toFixed(0)];
}

export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
