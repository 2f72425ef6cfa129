import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type RealServer, startVsftpd } from "../ftpd/realServers.ts";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { openWindow } from "../support/window.ts";

test.describe("a queue in a file", () => {
  test.setTimeout(120_000);
  const files = ["a & b.txt", "c.bin", "é.txt", "z.txt"];
  let server: RealServer;
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };

  test.beforeEach(async () => {
    scratch = await makeScratch("queue-files");
    server = await startVsftpd({ tls: "off" });
    portside = await startPortside({ folder: scratch.folder });
  });
  test.afterEach(async () => {
    await portside.stop();
    await server.stop();
    await scratch.remove();
  });

  for (const [item, name] of [
    ["Export queue…", /^portside-queue-\d{4}-\d\d-\d\d\.jsonl$/],
    ["Export for FileZilla…", /^filezilla-queue-\d{4}-\d\d-\d\d\.xml$/],
  ] as const) {
    test(`“${item}” saves it, importing it brings it back, and what it names is transferred`, async ({ page }) => {
      const pageErrors = collectPageErrors(page);
      for (const file of files) await writeFile(join(portside.home, file), `bytes of ${file}`);
      await mkdir(join(portside.home, "folder"));
      const window = await openWindow(page, portside.url);
      await window.quickConnect(server);
      await window.local.expectRow(files.at(-1) ?? "");
      await expect(window.remote.grid).toBeVisible();
      await page.getByRole("button", { name: "Pause queue" }).click();
      await window.local.grid.focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("F6");
      await expect.poll(() => window.dock.count("Queued")).toBe(files.length + 1);
      const count = item.includes("FileZilla") ? files.length : files.length + 1; // its file knows no folders to be read

      const downloading = page.waitForEvent("download");
      await chooseFromMenu(page, item);
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(name);
      const file = join(scratch.folder, "queue");
      await download.saveAs(file);
      expect(await readFile(file, "utf8")).not.toContain(server.password);
      await expect(notice(page, `${count} transfers exported`)).toBeVisible();

      await page.getByRole("grid", { name: "Queue", exact: true }).focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
      await expect.poll(() => window.dock.count("Queued")).toBe(0);

      await importFile(page, file);
      await expect(notice(page, `${count} transfers from 1 server added.`)).toBeVisible();
      await expect.poll(() => window.dock.count("Queued")).toBe(count);
      await page.getByRole("button", { name: "Start queue" }).click();
      await window.dock.expectEmptyQueue(60_000);
      expect(await window.dock.count("Failed")).toBe(0);
      for (const file of files) expect(await readFile(join(server.root, file), "utf8")).toBe(`bytes of ${file}`);
      expect(pageErrors).toEqual([]);
    });
  }

  test("a file that holds no queue says so and adds nothing", async ({ page }) => {
    await openWindow(page, portside.url);
    const file = join(scratch.folder, "letter.xml");
    await writeFile(file, "<html><body>Dear Sir</body></html>");
    await importFile(page, file);
    await expect(notice(page, "This file holds no queue.")).toBeVisible();
  });
});

const notice = (page: Page, text: string) => page.locator(".notice").getByText(text);

async function chooseFromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Export and import" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function importFile(page: Page, file: string): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await chooseFromMenu(page, "Import queue…");
  await (await choosing).setFiles(file);
}
