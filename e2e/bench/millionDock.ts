// How smoothly a million waiting transfers scroll: node e2e/bench/millionDock.ts [rows]. The product in a real Chromium, over a queue that was filled before.
import { chromium, type Page } from "@playwright/test";
import { bundle } from "../../build/bundle.ts";
import { makeScratch, startPortside } from "../support/portside.ts";
import { noteFrames, summariseFrames } from "./noteFrames.ts";
import { fillQueue } from "./queue/fillQueue.ts";
import { median } from "./report/statistics.ts";

const rowHeight = 26;
const wheelTurns = 300;
const jumps = 40;

/** Milliseconds unless said otherwise. Wheeled row by row, pulled by the bar from end to end, and how long rows are waited for where it stops. */
export async function measureMillionDock(rows: number) {
  await bundle(); // what is measured is what is written here now
  const { folder, remove } = await makeScratch("million-dock");
  fillQueue(folder, rows);
  const host = await startPortside({ folder });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-US" });
    await page.goto(host.url);
    await page.getByRole("tab", { name: `Queued ${rows.toLocaleString("en")}` }).waitFor();
    await page.locator(".queue-row[data-index='0'] .queue-name").waitFor();
    return { wheel: await wheel(page), bar: await pullBar(page), rowsThere: await jump(page) };
  } finally {
    await browser.close();
    await host.stop();
    await remove();
  }
}

async function wheel(page: Page) {
  await page.locator(".queue-scroller").hover();
  const frames = await noteFrames(page);
  for (let turn = 0; turn < wheelTurns; turn++) await page.mouse.wheel(0, 5 * rowHeight);
  return summariseFrames(await frames());
}

/** From the top to the bottom in three seconds, somewhere else with each frame. */
async function pullBar(page: Page) {
  const frames = await noteFrames(page);
  await page.locator(".queue-scroller").evaluate(
    (box) =>
      new Promise<void>((resolve) => {
        const begun = performance.now();
        const pull = () => {
          const share = (performance.now() - begun) / 3_000;
          box.scrollTop = share * box.scrollHeight;
          if (share < 1) requestAnimationFrame(pull);
          else resolve();
        };
        pull();
      }),
  );
  return summariseFrames(await frames());
}

/** Lets go of the bar in places all over the list. */
async function jump(page: Page) {
  const waits: number[] = [];
  for (let index = 0; index < jumps; index++) {
    const share = ((index * 17) % jumps) / jumps;
    waits.push(await page.locator(".queue-scroller").evaluate(untilRowsAreThere, share));
  }
  return { median: median(waits), longest: Math.max(...waits) };
}

/** Runs in the page. */
function untilRowsAreThere(box: Element, share: number): Promise<number> {
  return new Promise((resolve) => {
    const begun = performance.now();
    box.scrollTop = share * box.scrollHeight;
    const look = () => {
      const rows = Array.from(box.querySelectorAll("[data-index]"));
      const isThere = rows.length > 0 && rows.every((row) => row.querySelector(".queue-name") !== null);
      if (isThere) resolve(performance.now() - begun);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

if (import.meta.main) console.log(await measureMillionDock(Number(process.argv[2] ?? 1_000_000)));
