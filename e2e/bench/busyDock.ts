// How smoothly the dock draws: node e2e/bench/busyDock.ts. Eight lanes move, ten batches of news a second; the time between frames.
import type { Page } from "@playwright/test";
import { openStage } from "../stage/openStage.ts";
import { median } from "./report/statistics.ts";

/** Milliseconds unless said otherwise. */
export type DockFigures = {
  readonly "median frame": number;
  readonly "95th percentile frame": number;
  readonly "longest frame": number;
  /** A count. */
  readonly "frames over 50 ms": number;
  /** Of the page's main thread, in per cent of the time that passed. */
  readonly "script and layout": number;
  /** Rows that stood somewhere else than before although no transfer ended: a count. */
  readonly "rows that jumped": number;
};

const watchMs = 10_000;

/** Eight transfers in the dock of a window of 1280 × 800. */
export async function measureBusyDock(): Promise<DockFigures> {
  const stage = await openStage();
  try {
    const page = await stage.open({ scene: ["lanes"] });
    await page.locator("[data-lane]").nth(7).waitFor();
    await page.waitForTimeout(1_000);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
    const busySeconds = async () => {
      const { metrics } = await devtools.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
    };
    const before = await busySeconds();
    const { frames, jumped } = await watchFrames(page);
    const busyMs = ((await busySeconds()) - before) * 1_000;
    return {
      "median frame": median(frames),
      "95th percentile frame": frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0,
      "longest frame": Math.max(...frames),
      "frames over 50 ms": frames.filter((frameMs) => frameMs > 50).length,
      "script and layout": (busyMs / watchMs) * 100,
      "rows that jumped": jumped,
    };
  } finally {
    await stage.close();
  }
}

function watchFrames(page: Page): Promise<{ frames: number[]; jumped: number }> {
  return page.evaluate(
    (forMs) =>
      new Promise<{ frames: number[]; jumped: number }>((resolve) => {
        const places = () =>
          Array.from(document.querySelectorAll("[data-lane]"), (row) => {
            const cells = Array.from(row.children, (cell) => Math.round(cell.getBoundingClientRect().left));
            return [row.id, Math.round(row.getBoundingClientRect().top), ...cells].join(" ");
          });
        const first = new Set(places());
        const frames: number[] = [];
        let jumped = 0;
        const begun = performance.now();
        let last = begun;
        const note = (now: number) => {
          if (frames.length > 0 || now > last) frames.push(now - last);
          last = now;
          if (frames.length % 10 === 0) jumped += places().filter((place) => !first.has(place)).length;
          if (now - begun < forMs) requestAnimationFrame(note);
          else resolve({ frames: frames.slice(1), jumped });
        };
        requestAnimationFrame(note);
      }),
    watchMs,
  );
}

if (import.meta.main) {
  for (const [name, value] of Object.entries(await measureBusyDock())) console.log(`${name}: ${value.toFixed(1)}`);
}
