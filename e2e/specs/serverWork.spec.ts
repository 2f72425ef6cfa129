import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type RealServer, startProftpd } from "../ftpd/realServers.ts";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { openWindow, type PortsideWindow } from "../support/window.ts";

test.describe("what a server does by itself", () => {
  test.setTimeout(60_000);
  let server: RealServer;
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };
  let window: PortsideWindow;

  test.beforeEach(async ({ page }) => {
    scratch = await makeScratch("server-work");
    server = await startProftpd();
    await writeFile(join(server.root, "plan.txt"), "the plan");
    server.handOver();
    portside = await startPortside({ folder: scratch.folder });
    window = await openWindow(page, portside.url);
    await window.quickConnect(server);
    await window.remote.expectRow("plan.txt");
  });
  test.afterEach(async () => {
    await portside.stop();
    await server.stop();
    await scratch.remove();
  });

  test("computes a checksum and duplicates a file, from the file's menu", async ({ page }) => {
    const errors = collectPageErrors(page);
    await window.remote.row("plan.txt").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Checksum…" }).click();
    const dialog = page.getByRole("dialog", { name: "Checksum of “plan.txt”" });
    await expect(dialog).toContainText("SHA-256");
    await expect(dialog).toContainText(createHash("sha256").update("the plan").digest("hex"));
    await page.keyboard.press("Escape");

    await window.remote.row("plan.txt").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Duplicate on the server" }).click();
    await window.remote.expectRow("plan copy.txt");
    expect(await readFile(join(server.root, "plan copy.txt"), "utf8")).toBe("the plan");
    expect(errors).toEqual([]);
  });

  test("is told behind the lock, and can be found out again", async ({ page }) => {
    const errors = collectPageErrors(page);
    await page.getByRole("button", { name: "Not encrypted" }).click();
    const abilities = page.getByRole("region", { name: "What this server can do" });
    await expect(abilities).toContainText(/Computes checksums\s*Yes/);
    await expect(abilities).toContainText(/Continues uploads\s*Yes/);
    await abilities.getByRole("button", { name: "Find out again" }).click();
    await expect(page.getByText(/^Connected to /)).toBeVisible();
    await window.remote.expectRow("plan.txt");
    expect(errors).toEqual([]);
  });
});
