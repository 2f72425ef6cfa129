import { mkdir, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { startVsftpd } from "../ftpd/realServers.ts";
import { makeScratch, startPortside } from "../support/portside.ts";
import { openWindow } from "../support/window.ts";

const folder = Buffer.from([0xd7, 0xca, 0xc1, 0xcf]); // 资料 in GBK
const file = Buffer.from([0xb2, 0xe2, 0xca, 0xd4, 0xce, 0xc4, 0xbc, 0xfe]); // 测试文件

test("another encoding is chosen by keyboard in the status bar, and rows, path and tree follow", async ({ page }) => {
  const scratch = await makeScratch("encodings");
  const ftp = await startVsftpd({ tls: "off" });
  const portside = await startPortside({ folder: scratch.folder });
  try {
    const shown = Buffer.concat([Buffer.from(`${ftp.root}/`), folder]);
    await mkdir(shown);
    await writeFile(Buffer.concat([shown, Buffer.from("/"), file]), "");
    ftp.handOver();
    const window = await openWindow(page, portside.url);
    await window.quickConnect(ftp);
    await window.remote.open("资料");
    await window.remote.expectRow("测试文件");
    const pane = page.getByRole("region", { name: "Remote files" });
    await expect(window.remote.tree.getByRole("treeitem", { name: "资料" })).toBeVisible();

    const button = page.getByRole("button", { name: "File name encoding: GB18030" });
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitemradio", { name: "Automatic" })).toBeChecked();
    await page.keyboard.type("Windows-1252");
    await page.keyboard.press("Enter");
    await window.remote.expectRow("²âÊÔÎÄ¼þ");
    await expect(pane.getByRole("button", { name: "×ÊÁÏ" }).or(pane.getByText("×ÊÁÏ")).first()).toBeVisible();
    await expect(window.remote.tree.getByRole("treeitem", { name: "×ÊÁÏ" })).toBeVisible();
    await expect(window.remote.tree.getByRole("treeitem", { name: "资料" })).toHaveCount(0);

    await page.getByRole("button", { name: "File name encoding: windows-1252" }).click();
    await page.getByRole("menuitemradio", { name: "Automatic" }).click();
    await window.remote.expectRow("测试文件");
    await expect(window.remote.tree.getByRole("treeitem", { name: "资料" })).toBeVisible();
  } finally {
    await portside.stop();
    await ftp.stop();
    await scratch.remove();
  }
});
