import { expect, test } from "@playwright/test";
import { collectPageErrors, makeScratch, startPortside } from "../support/portside.ts";
import { dragTo, openWindow } from "../support/window.ts";

test("first start: one click on the demo fills both panes, and the first drag arrives", async ({ page }) => {
  const scratch = await makeScratch("first-start");
  const portside = await startPortside({ folder: scratch.folder });
  try {
    const errors = collectPageErrors(page);
    const window = await openWindow(page, portside.url);
    await page.getByRole("button", { name: /demo server/i }).click();
    await window.remote.expectRow("README.txt");
    await expect(window.local.grid.getByRole("row").nth(2)).toBeVisible();
    await dragTo(page, window.remote.row("README.txt"), window.local.grid);
    await window.local.expectRow("README.txt");
    await window.dock.expectEmptyQueue(30_000);
    await expect.poll(() => window.dock.count("Completed")).toBe(1);
    expect(errors).toEqual([]);
  } finally {
    await portside.stop();
    await scratch.remove();
  }
});

test("--demo opens the demo at once", async ({ page }) => {
  const scratch = await makeScratch("demo");
  const portside = await startPortside({ folder: scratch.folder, args: ["--demo"] });
  try {
    const window = await openWindow(page, portside.url);
    await window.remote.expectRow("README.txt");
  } finally {
    await portside.stop();
    await scratch.remove();
  }
});
