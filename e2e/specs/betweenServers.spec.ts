import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type RealServer, startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import { startEngine } from "../support/engine.ts";
import { findFlaws } from "../support/findFlaws.ts";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { openWindow, type PortsideWindow } from "../support/window.ts";

test.describe("a copy from one server to another", () => {
  test.setTimeout(60_000);
  let source: RealServer;
  let target: RealServer;
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };
  let window: PortsideWindow;

  test.beforeEach(async ({ page }) => {
    scratch = await makeScratch("between");
    source = await startVsftpd({ allowsForeignAddress: true });
    target = await startProftpd({ allowsForeignAddress: true });
    await mkdir(join(source.root, "tree/deep"), { recursive: true });
    await writeFile(join(source.root, "tree/deep/新 file #1.txt"), "hello");
    await writeFile(join(source.root, "note.txt"), "from here to there");
    await mkdir(join(target.root, "in"));
    for (const server of [source, target]) server.handOver();
    const { createSite, close } = await startEngine(scratch.folder);
    for (const [name, { port, user, password }] of Object.entries({ Source: source, Target: target }))
      await createSite({ name, port, user, encryption: "plain", allowsFxp: true }, password);
    await createSite({ name: "Not asked", port: target.port, user: target.user, encryption: "plain" }, null);
    await close();
    portside = await startPortside({ folder: scratch.folder });
    window = await openWindow(page, portside.url);
    await page.keyboard.press("Control+s");
    const manager = page.getByRole("dialog", { name: "Site manager" });
    await manager.getByRole("treeitem", { name: "Source" }).click();
    await manager.getByRole("button", { name: "Connect" }).click();
    await window.remote.expectRow("note.txt");
  });
  test.afterEach(async () => {
    await portside.stop();
    await Promise.all([source.stop(), target.stop()]);
    await scratch.remove();
  });

  test("is asked for in a dialog that knows the sites that allow it, and arrives with all a folder holds", async ({
    page,
  }) => {
    const errors = collectPageErrors(page);
    await window.remote.row("tree").click();
    await window.remote.row("note.txt").click({ modifiers: ["Control"] });
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Copy to another site…" }).click();
    const dialog = page.getByRole("dialog", { name: "Copy to another site" });
    const site = dialog.getByRole("combobox", { name: "Site" });
    await expect(site).toContainText("Target");
    await site.click();
    await expect(page.getByRole("option")).toHaveText(["Target"]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("option")).toHaveCount(0);
    expect(await findFlaws(page)).toEqual([]);

    const folder = dialog.getByRole("textbox", { name: "Folder there" });
    await expect(folder).toHaveValue("/");
    await folder.fill("in");
    await folder.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("status").filter({ hasText: "2 items copied to the other site." })).toBeAttached({
      timeout: 20_000,
    });
    expect(await readFile(join(target.root, "in/note.txt"), "utf8")).toBe("from here to there");
    expect(await readFile(join(target.root, "in/tree/deep/新 file #1.txt"), "utf8")).toBe("hello");
    expect(errors).toEqual([]);
  });

  test("replaces nothing: what is there already is told, and stays", async ({ page }) => {
    await writeFile(join(target.root, "in/note.txt"), "mine");
    await window.remote.row("note.txt").click();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Copy to another site…" }).click();
    const dialog = page.getByRole("dialog", { name: "Copy to another site" });
    await dialog.getByRole("textbox", { name: "Folder there" }).fill("in");
    await dialog.getByRole("button", { name: "Copy", exact: true }).click();
    await expect(page.getByText("Something with this name is already there.")).toBeVisible({ timeout: 20_000 });
    expect(await readFile(join(target.root, "in/note.txt"), "utf8")).toBe("mine");
    expect(await findFlaws(page)).toEqual([]);
  });
});
