import { createHash } from "node:crypto";
import { readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Download, expect, type Page, test } from "@playwright/test";
import { type RealServer, startProftpd } from "../ftpd/realServers.ts";
import { findFlaws } from "../support/findFlaws.ts";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { openWindow } from "../support/window.ts";

test.describe("what proves that files have arrived", () => {
  test.setTimeout(60_000);
  const files = { "a & b.txt": "the plan", "新 figures.csv": "1,2,3\n" };
  const names = Object.keys(files);
  let server: RealServer;
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };
  let errors: string[];

  test.beforeEach(async ({ page }) => {
    scratch = await makeScratch("receipts");
    server = await startProftpd();
    portside = await startPortside({ folder: scratch.folder });
    for (const [name, text] of Object.entries(files)) await writeFile(join(portside.home, name), text);
    errors = collectPageErrors(page);
    const window = await openWindow(page, portside.url);
    await window.quickConnect(server);
    await window.local.expectRow("a & b.txt");
    await expect(window.remote.grid).toBeVisible();
    await window.local.grid.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("F6");
    await expect.poll(() => window.dock.count("Completed"), { timeout: 20_000 }).toBe(names.length);
    await window.dock.tab("Completed").click();
  });
  test.afterEach(async () => {
    const seen = [...errors]; // once the host has gone, the window rightly complains
    await portside.stop();
    await server.stop();
    await scratch.remove();
    expect(seen).toEqual([]);
  });

  test("the receipt of a file says what it was, where it went and what proves it", async ({ page }) => {
    await openFromMenu(page, "a & b.txt", "Receipt…");
    const dialog = page.getByRole("dialog", { name: "Receipt for a & b.txt" });
    await expect(dialog).toContainText(sha256("the plan"));
    await expect(dialog).toContainText(join(portside.home, "a & b.txt"));
    await expect(dialog).toContainText("8 bytes");
    await expect(dialog).toContainText("size equal – Both sides are as long. A changed byte would not be noticed.");
    expect(await findFlaws(page)).toEqual([]);
    await expect(dialog.locator(":focus")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("grid", { name: "Completed transfers" })).toBeFocused();
  });

  test("receipts are exported for programs, for spreadsheets and for sha256sum", async ({ page }) => {
    const exported = async (format: string, ending: string): Promise<string> => {
      await page.getByRole("button", { name: "Export receipts…" }).click();
      const dialog = page.getByRole("dialog", { name: "Export receipts" });
      await dialog.getByRole("radio", { name: format, exact: true }).click();
      expect(await findFlaws(page)).toEqual([]);
      const downloading = page.waitForEvent("download");
      await dialog.getByRole("button", { name: "Save" }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(new RegExp(`^portside-receipts-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`));
      await expect(dialog).toBeHidden();
      return textOf(download, join(scratch.folder, `receipts.${ending}`));
    };
    const sums = names.map((name) => sha256(files[name as keyof typeof files]));

    const json: unknown = JSON.parse(await exported("JSON", "json"));
    expect(json).toEqual(
      names.map((name, index) =>
        expect.objectContaining({ direction: "upload", remotePath: `/${name}`, sha256: sums[index], level: "size" }),
      ),
    );

    const [head, ...lines] = (await exported("CSV", "csv")).trim().split("\r\n");
    expect(head).toContain("remote_path,bytes,sha256,evidence");
    expect(lines).toEqual(sums.map((sum) => expect.stringContaining(`,${sum},size,`)));

    const expectedSums = names.map((name, index) => `${sums[index]} *${join(portside.home, name)}\n`);
    expect(await exported("SHA-256", "sha256")).toBe(expectedSums.join(""));
  });

  test("a later look at the server finds the file that is no longer what it was", async ({ page }) => {
    const result = await verifyAll(page, "On the server");
    await expect(result).toHaveText("2 of 2 looked at: 2 the same, 0 not");
    await page.keyboard.press("Escape");

    await writeFile(join(server.root, "a & b.txt"), "the prey"); // as long as it was
    await expect(await verifyAll(page, "On the server")).toHaveText("2 of 2 looked at: 1 the same, 1 not");
    const dialog = page.getByRole("dialog", { name: "Verify again" });
    await expect(dialog.getByRole("listitem")).toHaveText(
      "a & b.txt On the server: no longer the same (checksum equal)",
    );
    expect(await findFlaws(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(rowOf(page, "a & b.txt")).toContainText("no longer the same");
    await expect(rowOf(page, "新 figures.csv")).not.toContainText("no longer");
  });

  test("a later look at the disk finds what was changed and what is gone", async ({ page }) => {
    await writeFile(join(portside.home, "a & b.txt"), "the prey");
    await unlink(join(portside.home, "新 figures.csv"));
    await expect(await verifyAll(page, "On this computer")).toHaveText("2 of 2 looked at: 0 the same, 2 not");
    const found = page.getByRole("dialog", { name: "Verify again" }).getByRole("listitem");
    await expect(found.filter({ hasText: "a & b.txt" })).toContainText("On this computer: no longer the same");
    await expect(found.filter({ hasText: "新 figures.csv" })).toContainText("On this computer: no longer there");
  });

  test("the drop says how its files are proved", async ({ page }) => {
    await page.getByRole("tab", { name: "Drops" }).click();
    const drop = page.getByRole("list", { name: "Drops" }).locator("> li");
    await expect(drop).toContainText("All transferred");
    await expect(drop).toContainText("2 by size only");
    await drop.getByRole("button", { expanded: false }).press("Enter");
    await expect(drop.getByRole("listitem")).toHaveText(
      "2 × size equal Both sides are as long. A changed byte would not be noticed.",
    );
    expect(await findFlaws(page)).toEqual([]);
  });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const rowOf = (page: Page, name: string) =>
  page.getByRole("grid", { name: "Completed transfers" }).getByRole("row").filter({ hasText: name });

async function openFromMenu(page: Page, name: string, item: string): Promise<void> {
  await rowOf(page, name).click({ button: "right" });
  await page.getByRole("menuitem", { name: item }).click();
}

/** Looks at every completed file again; what is found, as a locator. */
async function verifyAll(page: Page, where: string) {
  await page.getByRole("grid", { name: "Completed transfers" }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "Verify again…" }).click();
  const dialog = page.getByRole("dialog", { name: "Verify again" });
  await dialog.getByRole("radio", { name: where }).click();
  await dialog.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Close" }).last()).toBeVisible();
  return dialog.getByRole("status");
}

async function textOf(download: Download, path: string): Promise<string> {
  await download.saveAs(path);
  return readFile(path, "utf8");
}
