import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startVsftpd } from "../ftpd/realServers.ts";
import { finalNameOf } from "../support/finalName.ts";
import { makeScratch, startPortside } from "../support/portside.ts";
import { hashTree, writeTree } from "../support/trees.ts";
import { dragTo, openWindow } from "../support/window.ts";

test.setTimeout(240_000);

test("pause stops bytes, resume finishes, and a page reload in the middle loses nothing", async ({ page }) => {
  const scratch = await makeScratch("pause");
  const server = await startVsftpd({ tls: "off", maxBytesPerSecond: 1_500_000 });
  const portside = await startPortside({ folder: scratch.folder });
  try {
    const source = join(portside.home, "films");
    await writeTree(source, { files: 4, folders: 1, minBytes: 6_000_000, maxBytes: 7_000_000, seed: 21 });
    const window = await openWindow(page, portside.url);
    await window.quickConnect(server);
    await window.local.expectRow("films");
    await dragTo(page, window.local.row("films"), window.remote.grid);
    await expect.poll(() => bytesBelow(server.root), { timeout: 20_000 }).toBeGreaterThan(500_000);

    await page.getByRole("button", { name: "Pause queue" }).click();
    await page.waitForTimeout(1_500); // what was in the sockets arrives
    const atPause = await bytesBelow(server.root);
    await page.waitForTimeout(3_000);
    expect(await bytesBelow(server.root), "no byte reaches the server while paused").toBe(atPause);

    await page.reload();
    await expect(window.local.grid).toBeVisible();
    await expect.poll(() => window.dock.count("Queued")).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Start queue" }).click();
    await expect.poll(() => bytesBelow(server.root), { timeout: 20_000 }).toBeGreaterThan(atPause);
    await page.reload(); // while bytes move
    await expect(window.local.grid).toBeVisible();
    await window.dock.expectEmptyQueue(120_000);
    expect(await window.dock.count("Failed")).toBe(0);
    expect(await hashTree(join(server.root, "films"))).toEqual(await hashTree(source));
  } finally {
    await portside.stop();
    await server.stop();
    await scratch.remove();
  }
});

test("kill -9 in the middle of 300 files: the queue is there again, finishes, and sends no file twice in full", async ({
  page,
}) => {
  const scratch = await makeScratch("kill");
  const server = await startVsftpd({ tls: "off", maxBytesPerSecond: 3_000_000 });
  let portside = await startPortside({ folder: scratch.folder });
  try {
    const source = join(portside.home, "archive");
    await writeTree(source, { files: 300, folders: 12, minBytes: 20_000, maxBytes: 120_000, seed: 33 });
    let window = await openWindow(page, portside.url);
    await window.quickConnect(server);
    await window.local.expectRow("archive");
    await dragTo(page, window.local.row("archive"), window.remote.grid);
    await expect.poll(() => filesBelow(server.root), { timeout: 60_000 }).toBeGreaterThan(60);
    await portside.kill();
    expect(await filesBelow(server.root), "the kill came in the middle").toBeLessThan(300);

    portside = await startPortside({ folder: scratch.folder });
    window = await openWindow(page, portside.url);
    await window.dock.expectEmptyQueue(180_000);
    expect(await window.dock.count("Failed")).toBe(0);
    expect(await hashTree(join(server.root, "archive"))).toEqual(await hashTree(source));

    const uploads = await server.transfersSeen();
    const sizes = new Map<string, number>();
    for (const { path, bytes } of uploads) {
      const name = finalNameOf(path);
      sizes.set(name, (sizes.get(name) ?? 0) + bytes);
    }
    const twice = [];
    for (const [path, sent] of sizes) {
      const { size } = await stat(join(server.root, path));
      if (sent >= 2 * size) twice.push({ path, sent, size });
    }
    expect(twice, "files sent twice in full").toEqual([]);
  } finally {
    await portside.stop();
    await server.stop();
    await scratch.remove();
  }
});

async function filesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const entry of entries) if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}
