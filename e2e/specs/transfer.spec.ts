import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type RealServer, startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { hashTree, writeTree } from "../support/trees.ts";
import { dragTo, openWindow } from "../support/window.ts";

const starters = { vsftpd: startVsftpd, ProFTPD: startProftpd } as const;

for (const [name, startServer] of Object.entries(starters)) {
  test.describe(`a folder of 300 files and ${name}`, () => {
    test.setTimeout(180_000);
    let server: RealServer;
    let portside: Portside;
    let scratch: { folder: string; remove: () => Promise<void> };

    test.beforeEach(async () => {
      scratch = await makeScratch("transfer");
      server = await startServer({ tls: "off" });
      portside = await startPortside({ folder: scratch.folder });
    });
    test.afterEach(async () => {
      await portside.stop();
      await server.stop();
      await scratch.remove();
    });

    test("goes up by drag, comes back by drag, and every byte agrees", async ({ page }) => {
      const pageErrors = collectPageErrors(page);
      await writeTree(join(portside.home, "site"), {
        files: 300,
        folders: 12,
        minBytes: 200,
        maxBytes: 200_000, // long enough for the bar to be seen at more than one place
        seed: 7,
      });
      const window = await openWindow(page, portside.url);
      await window.quickConnect(server);
      await window.local.expectRow("site");
      await expect(window.remote.grid).toBeVisible();

      const progress = watchProgress(page);
      await dragTo(page, window.local.row("site"), window.remote.grid);
      await expect.poll(() => window.dock.count("Queued"), { timeout: 15_000 }).toBeGreaterThan(0);
      await window.dock.expectEmptyQueue(120_000);
      await window.remote.expectRow("site");
      expect(await window.dock.count("Failed")).toBe(0);
      expect(await hashTree(join(server.root, "site"))).toEqual(await hashTree(join(portside.home, "site")));
      expect((await progress()).size, "progress moved while files went up").toBeGreaterThan(1);

      await mkdir(join(portside.home, "back"));
      await window.local.expectRow("back");
      await dragTo(page, window.remote.row("site"), window.local.row("back"));
      await expect.poll(() => window.dock.count("Queued"), { timeout: 15_000 }).toBeGreaterThan(0);
      await window.dock.expectEmptyQueue(120_000);
      expect(await window.dock.count("Failed")).toBe(0);
      expect(await hashTree(join(portside.home, "back", "site"))).toEqual(await hashTree(join(server.root, "site")));
      expect(pageErrors).toEqual([]);
    });

    test("asks on a conflict: skip keeps the target, overwrite for the whole drop replaces all", async ({ page }) => {
      const folder = join(portside.home, "pages");
      await writeTree(folder, { files: 6, folders: 1, minBytes: 500, maxBytes: 900, seed: 11 });
      await cp(folder, join(server.root, "pages"), { recursive: true });
      server.handOver();
      const before = await hashTree(join(server.root, "pages"));
      await writeTree(folder, { files: 6, folders: 1, minBytes: 1_000, maxBytes: 1_500, seed: 12 });
      const changed = await hashTree(folder);
      expect(changed).not.toEqual(before);

      const window = await openWindow(page, portside.url);
      await window.quickConnect(server);
      await window.local.expectRow("pages");
      await window.remote.expectRow("pages");
      const card = page
        .getByRole("alertdialog", { name: "File exists" })
        .or(page.getByRole("dialog", { name: "File exists" }));

      await dragTo(page, window.local.row("pages"), window.remote.grid);
      await expect(card).toBeVisible();
      await card.getByRole("radio", { name: "Skip", exact: true }).click();
      await card.getByRole("radio", { name: /all in this drop/i }).click();
      await card.getByRole("button", { name: /^(Apply|OK|Continue)/ }).click();
      await window.dock.expectEmptyQueue(60_000);
      expect(await hashTree(join(server.root, "pages")), "skip leaves the target alone").toEqual(before);

      await dragTo(page, window.local.row("pages"), window.remote.grid);
      await expect(card).toBeVisible();
      await card.getByRole("radio", { name: "Overwrite", exact: true }).click();
      await card.getByRole("radio", { name: /all in this drop/i }).click();
      await card.getByRole("button", { name: /^(Apply|OK|Continue)/ }).click();
      await window.dock.expectEmptyQueue(60_000);
      expect(await hashTree(join(server.root, "pages")), "overwrite replaces all of them").toEqual(changed);
    });
  });
}

/** Collects the different values the overall progress bar shows until it is called. */
function watchProgress(page: import("@playwright/test").Page): () => Promise<Set<string>> {
  const seen = new Set<string>();
  let isWatching = true;
  const watching = (async () => {
    while (isWatching) {
      const summary = await page
        .getByTestId("queue-summary")
        .textContent()
        .catch(() => null);
      if (summary) seen.add(summary);
      await page.waitForTimeout(100);
    }
  })();
  return async () => {
    isWatching = false;
    await watching;
    return seen;
  };
}

test("a file dropped from the operating system goes up, folders too", async ({ page }) => {
  test.setTimeout(120_000);
  const scratch = await makeScratch("os-drop");
  const server = await startVsftpd({ tls: "off" });
  const portside = await startPortside({ folder: scratch.folder });
  try {
    const outside = join(scratch.folder, "from the desktop");
    await writeTree(outside, { files: 12, folders: 4, minBytes: 10, maxBytes: 20_000, seed: 3 });
    await writeFile(join(scratch.folder, "letter 文件.txt"), "dropped\n");
    const window = await openWindow(page, portside.url);
    await window.quickConnect(server);
    await expect(window.remote.grid).toBeVisible();

    const target = await window.remote.grid.boundingBox();
    if (!target) throw new Error("The remote grid is not on screen.");
    const client = await page.context().newCDPSession(page);
    const data = { items: [], files: [outside, join(scratch.folder, "letter 文件.txt")], dragOperationsMask: 1 };
    const [x, y] = [target.x + target.width / 2, target.y + target.height - 30];
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await client.send("Input.dispatchDragEvent", { type, x, y, data });
    }
    await window.remote.expectRow("letter 文件.txt");
    await window.remote.expectRow("from the desktop");
    await window.dock.expectEmptyQueue(60_000);
    expect(await hashTree(join(server.root, "from the desktop"))).toEqual(await hashTree(outside));
    expect(await window.dock.count("Failed")).toBe(0);
  } finally {
    await portside.stop();
    await server.stop();
    await scratch.remove();
  }
});
