import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type ScriptedServer, startScriptedServer } from "../ftpd/scriptedServer.ts";
import { makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { openWindow, type PortsideWindow } from "../support/window.ts";

test.describe("deletes and changes of permissions go through whole folders", () => {
  test.setTimeout(90_000);
  let server: ScriptedServer;
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };
  let window: PortsideWindow;

  test.beforeEach(async ({ page }) => {
    scratch = await makeScratch("jobs");
    server = await startScriptedServer();
    await mkdir(join(server.root, "web/img"), { recursive: true });
    for (const name of ["web/a", "web/b", "web/img/c", "web/img/stubborn"])
      await writeFile(join(server.root, name), "x");
    portside = await startPortside({ folder: scratch.folder });
    window = await openWindow(page, portside.url);
    await window.quickConnect(server);
    await window.remote.expectRow("web");
  });
  test.afterEach(async () => {
    await portside.stop();
    await server.stop();
    await scratch.remove();
  });

  test("what cannot be deleted is named with its reason, the rest is gone, and Retry deletes what was left", async ({
    page,
  }) => {
    const forgive = server.failCommand(
      { verb: "DELE", name: /stubborn/, times: Number.POSITIVE_INFINITY },
      { kind: "answer", reply: "550 The file is in use." },
    );
    await deleteWeb(page, window);
    const left = page.getByRole("alert").filter({ hasText: "1 item could not be deleted" });
    await expect(left).toBeVisible();
    await left.getByText("Show which and why").click();
    await expect(left.getByRole("listitem")).toHaveText("/web/img/stubbornThe file is in use.");
    expect(await readdir(join(server.root, "web"))).toEqual(["img"]);
    expect((await new AxeBuilder({ page }).include(".notices").analyze()).violations).toEqual([]);

    forgive();
    await left.getByRole("button", { name: "Retry" }).click();
    await expect(window.remote.row("web")).toHaveCount(0);
    await expect(left).toHaveCount(0);
    expect(await readdir(server.root)).not.toContain("web");
  });

  test("a long delete shows how far it is, outlives the window, and is cancelled", async ({ page }) => {
    server.failCommand({ verb: "DELE", times: Number.POSITIVE_INFINITY }, { kind: "delay", delayMs: 1_500 });
    await deleteWeb(page, window);
    const job = page.getByRole("region", { name: "Deleting “web”" });
    await expect(job.getByRole("progressbar")).toBeVisible();
    await expect(job).toContainText("of 6");
    await page.reload();
    await expect(job).toBeVisible();
    await job.getByRole("button", { name: "Cancel" }).click();
    await expect(job).toHaveCount(0);
    expect(await readdir(server.root)).toContain("web");
  });

  test("files and folders get permissions of their own, all the way down", async ({ page }) => {
    await window.local.grid.focus();
    await mkdir(join(portside.home, "deep/er"), { recursive: true });
    await writeFile(join(portside.home, "deep/er/file"), "x");
    await window.local.expectRow("deep");
    await window.local.row("deep").click();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Permissions" }).click();
    const dialog = page.getByRole("dialog", { name: "Permissions of “deep”" });
    await dialog.getByRole("checkbox", { name: "Also everything inside the folders" }).click();
    await dialog.getByRole("region", { name: "Folders" }).getByRole("textbox", { name: "Octal value" }).fill("750");
    await dialog.getByRole("checkbox", { name: "Files" }).click();
    await dialog.getByRole("region", { name: "Files" }).getByRole("textbox", { name: "Octal value" }).fill("6x0");
    await dialog.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Permissions of 1 item changed." })).toBeAttached();
    const modes = ["deep", "deep/er", "deep/er/file"].map(
      async (path) => (await stat(join(portside.home, path))).mode & 0o777,
    );
    expect(await Promise.all(modes)).toEqual([0o750, 0o750, 0o640]);
  });
});

async function deleteWeb(page: Page, window: PortsideWindow): Promise<void> {
  await window.remote.row("web").click();
  await page.keyboard.press("Delete");
  await page.getByRole("alertdialog", { name: "Delete “web”?" }).getByRole("button", { name: "Delete" }).click();
}
