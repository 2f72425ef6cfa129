import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type RealServer, startVsftpd } from "../ftpd/realServers.ts";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { openWindow, type PortsideWindow } from "../support/window.ts";

test.describe("the console", () => {
  test.setTimeout(60_000);
  let server: RealServer;
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };
  let window: PortsideWindow;

  test.beforeEach(async ({ page }) => {
    scratch = await makeScratch("console");
    server = await startVsftpd();
    await mkdir(join(server.root, "pub"));
    await writeFile(join(server.root, "old.txt"), "old");
    server.handOver();
    portside = await startPortside({ folder: scratch.folder });
    window = await openWindow(page, portside.url);
    await window.quickConnect(server);
    await window.remote.expectRow("old.txt");
    await window.dock.tab("Log").click();
  });
  test.afterEach(async () => {
    await portside.stop();
    await server.stop();
    await scratch.remove();
  });

  const field = (page: Page) => page.getByRole("textbox", { name: "Command line" });
  const log = (page: Page) => page.getByRole("log", { name: "Log lines" });

  test("runs a command, walks its history and completes what the server offers", async ({ page }) => {
    const errors = collectPageErrors(page);
    await field(page).fill("STAT");
    await field(page).press("Enter");
    await expect(log(page)).toContainText("FTP server status");
    await expect(field(page)).toHaveValue("");

    await field(page).press("ArrowUp");
    await expect(field(page)).toHaveValue("STAT");

    await field(page).fill("site ch");
    await field(page).press("Tab");
    await expect(field(page)).toHaveValue("SITE CHMOD ");
    await field(page).fill("X");
    await field(page).press("Tab");
    await expect(page.getByText(/XCUP {2}/)).toBeVisible();
    expect(errors).toEqual([]);
  });

  test("shows what LIST sends over its data connection", async ({ page }) => {
    await field(page).fill("NLST");
    await field(page).press("Enter");
    await expect(log(page).locator('[data-kind="listing"]').filter({ hasText: "old.txt" })).toBeVisible();
  });

  test("asks before it deletes, and the pane follows", async ({ page }) => {
    await field(page).fill("DELE old.txt");
    await field(page).press("Enter");
    const question = page.getByRole("alertdialog", { name: "Send this command?" });
    await expect(question).toContainText("DELE old.txt");
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await access(join(server.root, "old.txt"));

    await field(page).press("Enter");
    await question.getByRole("button", { name: "Send" }).click();
    await expect(log(page)).toContainText("250 Delete operation successful.");
    await expect(window.remote.row("old.txt")).toBeHidden();
    await expect(access(join(server.root, "old.txt"))).rejects.toThrow();
  });

  test("explains what it does not send", async ({ page }) => {
    await field(page).fill("PASS hush-hush");
    await field(page).press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "PASS is not sent" })).toBeVisible();
    await expect(log(page)).not.toContainText("hush-hush");
    const commands = (await server.commandsSeen()).map((seen) => JSON.stringify(seen));
    expect(commands.join("\n")).not.toContain("hush-hush");
  });
});
