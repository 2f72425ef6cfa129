import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { bundle } from "../../build/bundle.ts";
import { startVsftpd } from "../ftpd/realServers.ts";
import { makeScratch, startPortside } from "../support/portside.ts";
import { openWindow } from "../support/window.ts";
import { noteFrames } from "./noteFrames.ts";
import { median } from "./report/statistics.ts";

/** Milliseconds unless said otherwise. */
export type LargeFolderFigures = {
  readonly entries: number;
  readonly "asked → first rows": number;
  readonly "asked → all rows": number;
  readonly "sorted by size": number;
  readonly "sorted by name": number;
  readonly "longest frame while sorting": number;
  readonly "longest frame while scrolling": number;
  readonly "median frame while scrolling": number;
  readonly "95th percentile frame while scrolling": number;
  /** A count. */
  readonly "frames over 50 ms while scrolling": number;
};

const rowHeight = 26; // of the file list, in pixels
const wheelTurns = 300;

/** A folder of `entries` files on vsftpd, opened, sorted and scrolled from top to bottom in a real Chromium. */
export async function measureLargeFolder(entries: number): Promise<LargeFolderFigures> {
  await bundle(); // what is measured is what is written here now
  const { folder, remove } = await makeScratch("large-folder");
  const server = await startVsftpd({ logsDialogue: false });
  await fillFolder(join(server.root, "many"), entries);
  const host = await startPortside({ folder });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-US" });
    const window = await openWindow(page, host.url);
    await window.quickConnect(server);
    await window.remote.expectRow("many");

    const [{ firstRowsMs, allRowsMs }] = await Promise.all([timeUntilRows(page, entries), window.remote.open("many")]);
    await page.waitForTimeout(1_000);
    const sortedBySize = await timeSort(page, "Size");
    const sortedByName = await timeSort(page, "Name");
    const sorting = Math.max(sortedBySize.longestFrameMs, sortedByName.longestFrameMs);
    await page.waitForTimeout(500);
    const scrolling = await scrollThrough(page, entries);
    return {
      entries,
      "asked → first rows": firstRowsMs,
      "asked → all rows": allRowsMs,
      "sorted by size": sortedBySize.wallMs,
      "sorted by name": sortedByName.wallMs,
      "longest frame while sorting": sorting,
      "longest frame while scrolling": Math.max(...scrolling),
      "median frame while scrolling": median(scrolling),
      "frames over 50 ms while scrolling": scrolling.filter((frameMs) => frameMs > 50).length,
      "95th percentile frame while scrolling":
        scrolling.toSorted((a, b) => a - b)[Math.floor(scrolling.length * 0.95)] ?? 0,
    };
  } finally {
    await browser.close();
    await host.stop();
    await server.stop();
    await remove();
  }
}

/** Names whose order on disk, by name and by number differ; sizes from 0 to 96 bytes. */
async function fillFolder(folder: string, entries: number): Promise<void> {
  await mkdir(folder);
  const atOnce = 200;
  for (let first = 0; first < entries; first += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, entries - first) }, (_, index) => first + index);
    await Promise.all(
      some.map((index) => writeFile(join(folder, `file ${index} of many.txt`), "x".repeat(index % 97))),
    );
  }
}

/** Begins to wait at the next double click in the page: that is the moment the user has asked. */
function timeUntilRows(page: Page, entries: number): Promise<{ firstRowsMs: number; allRowsMs: number }> {
  return page.evaluate(
    (wanted) =>
      new Promise<{ firstRowsMs: number; allRowsMs: number }>((resolveTimes) => {
        const grid = document.querySelector('[role="grid"][aria-label="Remote files"]');
        document.addEventListener(
          "dblclick",
          () => {
            const asked = performance.now();
            let firstRowsMs = 0;
            const look = () => {
              const count = Number(grid?.getAttribute("aria-rowcount"));
              const passed = performance.now() - asked;
              if (firstRowsMs === 0 && grid?.textContent?.includes(" of many.txt")) firstRowsMs = passed;
              if (count > wanted && grid?.getAttribute("aria-busy") !== "true")
                resolveTimes({ firstRowsMs, allRowsMs: passed });
              else requestAnimationFrame(look);
            };
            look();
          },
          { once: true, capture: true },
        );
      }),
    entries,
  );
}

/** Clicks a column's head and waits until its new order is on screen. */
async function timeSort(page: Page, column: string): Promise<{ wallMs: number; longestFrameMs: number }> {
  const timed = page.evaluate(
    (name) =>
      new Promise<{ wallMs: number; longestFrameMs: number }>((resolveTimes) => {
        const grid = document.querySelector('[role="grid"][aria-label="Remote files"]');
        const heads = Array.from(grid?.querySelectorAll('[role="columnheader"]') ?? []);
        const head = heads.find((one) => one.textContent?.startsWith(name));
        const order = () => Array.from(grid?.querySelectorAll("[data-row]") ?? [], (row) => row.textContent).join("\n");
        const before = { sort: head?.getAttribute("aria-sort"), rows: order() };
        document.addEventListener(
          "pointerdown",
          () => {
            const asked = performance.now();
            let last = asked;
            let longestFrameMs = 0;
            const look = () => {
              const now = performance.now();
              longestFrameMs = Math.max(longestFrameMs, now - last);
              last = now;
              const isSorted = head?.getAttribute("aria-sort") !== before.sort && order() !== before.rows;
              if (isSorted) resolveTimes({ wallMs: now - asked, longestFrameMs });
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          },
          { once: true, capture: true },
        );
      }),
    column,
  );
  const head = page.getByRole("grid", { name: "Remote files" }).getByRole("columnheader", { name: column });
  const [figures] = await Promise.all([timed, head.getByRole("button", { name: column }).click()]);
  return figures;
}

/** Turns the wheel from top to bottom, and gives the time between frames. */
async function scrollThrough(page: Page, entries: number): Promise<number[]> {
  const grid = page.getByRole("grid", { name: "Remote files" });
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await grid.hover();
  await page.waitForTimeout(300);
  const frames = await noteFrames(page);
  const step = Math.ceil((entries * rowHeight) / wheelTurns);
  const isAtEnd = () =>
    grid.evaluate((element) => element.scrollTop + element.clientHeight > element.scrollHeight - 100);
  // The browser may join turns that come while it is drawing: a hand goes on until it sees the end.
  for (let turn = 0; turn < wheelTurns || !(await isAtEnd()); turn++) {
    if (turn > 3 * wheelTurns) throw new Error("The wheel did not reach the end of the list.");
    await page.mouse.wheel(0, step);
  }
  return frames();
}
