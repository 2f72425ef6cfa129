import { type ContenderName, contenderNames } from "../race/raceCase.ts";
import type { RaceResult } from "../race/runRace.ts";

const colours: Record<ContenderName, string> = {
  Portside: "#2f6fed",
  lftp: "#8a93a6",
  "lftp, tuned": "#5d6678",
  curl: "#c2803a",
  "basic-ftp": "#4f9a6b",
  FileZilla: "#bf4b4b",
  "FileZilla, 10 transfers": "#8f5aa8",
};
const barHeight = 12;
const barGap = 3;
const caseGap = 26;
const labelWidth = 136;
const plotWidth = 560;
const margin = 16;

/**
 * The races as one SVG: a group of bars for each case, as long as the time taken. Each group has its own scale, for seconds of
 * different cases do not compare. Colours are readable on white and on black.
 */
export function drawChart(results: readonly RaceResult[]): string {
  let top = margin;
  const groups = results.map((result) => {
    const group = drawGroup(result, top);
    top += heightOf(result);
    return group;
  });
  const width = labelWidth + plotWidth + 2 * margin + 60;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img"`,
    '  aria-label="Time taken by each client" font-family="system-ui, sans-serif" font-size="11" fill="#78818f">',
    ...groups,
    "</svg>",
    "",
  ].join("\n");
}

function heightOf({ contenders }: RaceResult): number {
  return caseGap + contenders.length * (barHeight + barGap) + 10;
}

function drawGroup({ title, contenders }: RaceResult, top: number): string {
  const longest = Math.max(...contenders.map(({ medianMs }) => medianMs));
  const ordered = contenders.toSorted((a, b) => contenderNames.indexOf(a.name) - contenderNames.indexOf(b.name));
  const bars = ordered.map(({ name, medianMs }, index) => {
    const y = top + caseGap + index * (barHeight + barGap);
    const length = Math.max(1, (medianMs / longest) * plotWidth);
    const x = margin + labelWidth;
    return [
      `  <text x="${x - 8}" y="${y + barHeight - 2}" text-anchor="end">${name}</text>`,
      `  <rect x="${x}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" fill="${colours[name]}"/>`,
      `  <text x="${(x + length + 6).toFixed(1)}" y="${y + barHeight - 2}">${(medianMs / 1000).toFixed(2)} s</text>`,
    ].join("\n");
  });
  return [`  <text x="${margin}" y="${top + 16}" font-weight="600">${title}</text>`, ...bars].join("\n");
}
