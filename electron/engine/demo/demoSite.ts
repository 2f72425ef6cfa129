import { mkdir, mkdtemp, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { drawPng, drawSvg } from "./demoPictures.ts";
import { demoReadme, demoStyle, localReadme, newsPage, page } from "./demoTexts.ts";

type SampleFile = { readonly path: string; readonly content: string | Buffer };

/**
 * Fills the folder that the demo server serves: about sixty files of a harbour's website, its papers, a folder with Chinese names and
 * one file large enough to watch. Does nothing when the folder exists; a half-written one never does, because it appears by one rename.
 */
export function prepareDemoFiles(root: string, nowMs = Date.now()): Promise<void> {
  return writeOnce(root, remoteFiles(), ["uploads"], nowMs);
}

/** The same for the other pane: a few files to drag up. */
export function prepareDemoLocalFiles(root: string, nowMs = Date.now()): Promise<void> {
  return writeOnce(root, localFiles(), [], nowMs);
}

async function writeOnce(
  root: string,
  files: readonly SampleFile[],
  emptyFolders: readonly string[],
  nowMs: number,
): Promise<void> {
  if (await exists(root)) return;
  await mkdir(dirname(root), { recursive: true });
  const work = await mkdtemp(join(dirname(root), `.${basename(root)}-`));
  try {
    for (const folder of emptyFolders) await mkdir(join(work, folder), { recursive: true });
    for (const [index, { path, content }] of files.entries()) {
      const target = join(work, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
      await setAge(target, nowMs - (index + 1) * stepMs);
    }
    await rename(work, root);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    if (!(await exists(root))) throw error; // someone else was faster: theirs is the same
  }
}

/** Spreads sixty files over eleven weeks, so that sorting by time shows something. */
const stepMs = 31 * 60 * 60 * 1000;

async function setAge(path: string, modifiedMs: number): Promise<void> {
  const seconds = Math.floor(modifiedMs / 1000);
  await utimes(path, seconds, seconds);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function remoteFiles(): readonly SampleFile[] {
  return [
    { path: "README.txt", content: demoReadme },
    { path: "website/index.html", content: page("Harbour", "Boats come and go; the tide table is below.") },
    { path: "website/about.html", content: page("About us", "The harbour was built in 1893 and repaired ever since.") },
    { path: "website/contact.html", content: page("Contact", "Call the harbour master on channel 12.") },
    { path: "website/robots.txt", content: "User-agent: *\nAllow: /\n" },
    { path: "website/css/site.css", content: demoStyle },
    { path: "website/css/print.css", content: "nav, footer { display: none }\n" },
    { path: "website/js/menu.js", content: 'document.querySelector("nav")?.classList.add("ready");\n' },
    { path: "website/js/tides.js", content: "export const metres = (hour) => 2 + Math.sin(hour / 2);\n" },
    { path: "website/pictures/logo.svg", content: drawSvg("P", 210) },
    { path: "website/pictures/anchor.svg", content: drawSvg("⚓", 170) },
    ...numbered(12).map((number) => ({
      path: `website/pictures/harbour-${number}.png`,
      content: drawPng(160, 120, Number(number) * 29),
    })),
    ...numbered(10).map((number) => ({ path: `website/news/2026-${number}.html`, content: newsPage(number) })),
    ...numbered(10).map((number) => ({ path: `documents/berths/berths-2026-${number}.csv`, content: berths(number) })),
    { path: "documents/meeting notes.txt", content: "The crane needs paint. Nobody volunteered.\n" },
    { path: "documents/tide table.csv", content: tideTable() },
    { path: "documents/letters/To the mayor (draft).txt", content: "Dear mayor,\n\nabout the crane …\n" },
    { path: "documents/letters/Réponse du maire.txt", content: "Chère capitainerie,\n\nla grue est belle ainsi.\n" },
    { path: "documents/letters/100% sure #2.txt", content: "Names may hold blanks, %, # and more.\n" },
    { path: "中文资料/说明.txt", content: "这个文件夹里的名字是中文。\n把它拖到左边试试。\n" },
    { path: "中文资料/港口时刻表.csv", content: "船名,到港,离港\n海鸥,08:15,09:40\n晨星,10:05,12:30\n" },
    { path: "中文资料/菜单.txt", content: "海鲜面\n葱油饼\n绿茶\n" },
    { path: "中文资料/照片/码头.png", content: drawPng(160, 120, 15) },
    { path: "中文资料/照片/灯塔.png", content: drawPng(160, 120, 285) },
    ...numbered(4).map((number) => ({ path: `backup/week-${number}.bin`, content: noise(Number(number), 64 * 1024) })),
    { path: "backup/whole-site.bin", content: noise(7, 12 * 1024 * 1024) },
  ];
}

function localFiles(): readonly SampleFile[] {
  return [
    { path: "Start here.txt", content: localReadme },
    ...numbered(6).map((number) => ({
      path: `holiday/picture-${number}.png`,
      content: drawPng(320, 240, 40 + Number(number) * 47),
    })),
    { path: "holiday/diary.txt", content: "Monday: boats.\nTuesday: more boats.\n" },
    { path: "letter.txt", content: "Dear harbour master,\n\nmay we stay another week?\n" },
    { path: "logbook.csv", content: tideTable() },
    { path: "film.bin", content: noise(11, 6 * 1024 * 1024) },
  ];
}

/** "01" … */
function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1).padStart(2, "0"));
}

function berths(month: string): string {
  const rows = numbered(12).map((berth) => `${berth},2026-${month}-${berth},${Number(berth) * 3 + Number(month)} m`);
  return `berth,since,length\n${rows.join("\n")}\n`;
}

function tideTable(): string {
  const rows = Array.from({ length: 24 }, (_, hour) => `${hour}:00,${(2 + Math.sin(hour / 2)).toFixed(2)}`);
  return `hour,metres\n${rows.join("\n")}\n`;
}

/** Bytes that do not compress and that a seed repeats. */
function noise(seed: number, bytes: number): Buffer {
  const words = new Uint32Array(bytes / 4);
  let state = seed;
  for (let index = 0; index < words.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[index] = state ^ (state >>> 15);
  }
  return Buffer.from(words.buffer);
}
