import type { Page } from "@playwright/test";
import { median } from "./report/statistics.ts";

/** Notes the time between frames from now on. What it returns tells them, in milliseconds. */
export async function noteFrames(page: Page): Promise<() => Promise<number[]>> {
  const frames = await page.evaluateHandle(() => {
    const times: number[] = [];
    let last = performance.now();
    const note = () => {
      const now = performance.now();
      times.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    return times;
  });
  return () => frames.evaluate((times) => times.slice(1));
}

export function summariseFrames(frames: readonly number[]) {
  return {
    "median frame": median(frames),
    "95th percentile frame": frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0,
    "longest frame": Math.max(...frames),
    "frames over 50 ms": frames.filter((frameMs) => frameMs > 50).length,
    frames: frames.length,
  };
}
