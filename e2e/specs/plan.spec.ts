import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type RealServer, startProftpd } from "../ftpd/realServers.ts";
import { makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { hashTree } from "../support/trees.ts";
import { dragTo, openWindow } from "../support/window.ts";

const early = Date.parse("2024-03-01T12:00:00Z") / 1_000;
const late = Date.parse("2025-03-01T12:00:00Z") / 1_000;

let scratch: { folder: string; remove: () => Promise<void> };
let server: RealServer;
let portside: Portside;
test.beforeEach(async () => {
  scratch = await makeScratch("plan");
  server = await startProftpd({ tls: "off" });
  portside = await startPortside({ folder: scratch.folder });
});
test.afterEach(async () => {
  await portside.stop();
  await server.stop();
  await scratch.remove();
});

const dialog = (page: Page) => page.getByRole("dialog", { name: /^Plan: / });
const planned = (page: Page, name: string) => dialog(page).getByRole("row").filter({ hasText: name });
const part = (page: Page, name: string) => dialog(page).getByRole("button", { name: new RegExp(`^${name} \\d`) });

async function write(root: string, path: string, text: string, atSeconds: number): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  await utimes(join(root, path), atSeconds, atSeconds);
}

/** Newer and older files, one that a rule skips, and one whose name this computer has to write otherwise. */
async function layOut(): Promise<void> {
  await write(server.root, "site/new.txt", "new", late);
  await write(server.root, "site/changed.txt", "changed on the server", late);
  await write(server.root, "site/kept.txt", "older on the server", early);
  await write(server.root, "site/draft.tmp", "draft of the server", late);
  await write(server.root, "site/deep/menu／spring.txt", "menu", late);
  server.handOver();
  await write(portside.home, "site/changed.txt", "as it was", early);
  await write(portside.home, "site/kept.txt", "newer here", late);
  await write(portside.home, "site/draft.tmp", "my draft", early);
}

async function setRules(page: Page): Promise<void> {
  await page.keyboard.press("Control+,");
  await page.getByRole("combobox", { name: "Downloads" }).click();
  await page.getByRole("option", { name: "Overwrite if newer", exact: true }).click();
  await page.getByRole("button", { name: "Add rule", exact: true }).click();
  const names = page.getByLabel("File names");
  await names.fill("*.tmp");
  await names.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
}

test("a plan shows what a download will do to each file, and starting it does just that", async ({ page }) => {
  test.setTimeout(120_000);
  await layOut();
  const window = await openWindow(page, portside.url);
  await setRules(page);
  await window.quickConnect(server);
  await window.remote.expectRow("site");
  const before = await hashTree(portside.home);

  await window.remote.row("site").click();
  await page.keyboard.press("Shift+F6");
  await expect(dialog(page)).toContainText("Nothing is transferred before you start.");
  await expect(planned(page, "new.txt")).toContainText("New");
  await expect(planned(page, "changed.txt")).toContainText("Overwrite");
  await expect(planned(page, "kept.txt")).toContainText("The target is as new or newer");
  await expect(planned(page, "draft.tmp")).toContainText("By rule “*.tmp”");
  await expect(planned(page, "menu／spring.txt")).toContainText("this computer cannot take the name as it is");
  await expect(part(page, "Skip")).toHaveAccessibleName("Skip 2");
  await expect(part(page, "Names")).toHaveAccessibleName("Names 1");
  await expect(dialog(page).getByRole("definition").first()).toHaveText("3"); // files that will move
  expect(await hashTree(portside.home), "a plan makes and moves nothing").toEqual(before);

  await dialog(page).getByRole("button", { name: "Start" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => window.dock.count("Completed"), { timeout: 30_000 }).toBe(7);
  const text = (path: string) => readFile(join(portside.home, "site", path), "utf8");
  expect([await text("new.txt"), await text("changed.txt")]).toEqual(["new", "changed on the server"]);
  expect([await text("kept.txt"), await text("draft.tmp")]).toEqual(["newer here", "my draft"]);
  expect(await readdir(join(portside.home, "site/deep"))).toEqual(["menu‛／spring.txt"]);
  expect(await window.dock.count("Failed")).toBe(0);
});

test("keys alone decide otherwise, and a closed plan waits, also over a restart", async ({ page }) => {
  test.setTimeout(120_000);
  await layOut();
  let window = await openWindow(page, portside.url);
  await setRules(page);
  await window.quickConnect(server);
  await window.remote.expectRow("site");
  await window.remote.row("site").click();
  await page.keyboard.press("Shift+F6");
  await expect(planned(page, "changed.txt")).toContainText("Overwrite");

  await part(page, "Overwrite").press("Enter");
  await expect(dialog(page).getByRole("row")).toHaveCount(2); // with the head
  await dialog(page).getByRole("grid").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(part(page, "Skip")).toHaveAccessibleName("Skip 3");
  await part(page, "Skip").press("Enter");
  await expect(planned(page, "changed.txt")).toContainText("Your choice");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();

  await portside.stop();
  portside = await startPortside({ folder: scratch.folder });
  window = await openWindow(page, portside.url);
  await page.getByRole("list", { name: "What is waiting" }).getByRole("button", { name: "Show plan" }).press("Enter");
  await expect(part(page, "Skip")).toHaveAccessibleName("Skip 3");
  await dialog(page).getByRole("button", { name: "Start" }).press("Enter");
  await expect.poll(() => window.dock.count("Completed"), { timeout: 30_000 }).toBe(7);
  expect(await readFile(join(portside.home, "site/changed.txt"), "utf8")).toBe("as it was");
});

test("a drop with Shift is planned, and a discarded plan leaves nothing", async ({ page }) => {
  test.setTimeout(120_000);
  await write(portside.home, "letter.txt", "letter", late);
  const window = await openWindow(page, portside.url);
  await window.quickConnect(server);
  await window.local.expectRow("letter.txt");
  await expect(window.remote.grid).toBeVisible();
  await dragTo(page, window.local.row("letter.txt"), window.remote.grid, {
    beforeDrop: () => page.keyboard.down("Shift"),
  });
  await page.keyboard.up("Shift");
  await expect(planned(page, "letter.txt")).toContainText("New");
  await dialog(page).getByRole("button", { name: "Discard plan" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard plan" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("list", { name: "What is waiting" })).toBeHidden();
  expect(await readdir(server.root)).not.toContain("letter.txt");
  expect(await window.dock.count("Completed")).toBe(0);
});
