import { access, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import { makeScratch, startPortside } from "../support/portside.ts";
import { openWindow } from "../support/window.ts";

const gbkName = Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0xce, 0xc4, 0xbc, 0xfe, 0x2e, 0x74, 0x78, 0x74]); // 中文文件.txt in GBK

const textNames = [
  "with blanks  in it.txt",
  `"quoted" 'name'.txt`,
  "100% #1?.txt",
  "emoji 🚢⚓.txt",
  "-dash first.txt",
  `${"long ".repeat(39)}name.txt`,
];

for (const [server, start] of Object.entries({ vsftpd: startVsftpd, ProFTPD: startProftpd })) {
  test(`odd names on ${server} are listed, downloaded, renamed and deleted`, async ({ page }) => {
    test.setTimeout(180_000);
    const scratch = await makeScratch("names");
    const ftp = await start({ tls: "off" });
    const portside = await startPortside({ folder: scratch.folder });
    try {
      for (const name of textNames) await writeFile(join(ftp.root, name), `content of ${name}`);
      ftp.handOver();
      const window = await openWindow(page, portside.url);
      await window.quickConnect(ftp);

      for (const [index, name] of textNames.entries()) {
        await window.remote.expectRow(name);
        await window.remote.row(name).click();
        await page.keyboard.press("F6");
        await expect
          .poll(() => readFile(join(portside.home, name), "utf8").catch(() => null))
          .toBe(`content of ${name}`);
        await page.keyboard.press("F2");
        await page.keyboard.press("Control+a");
        await page.keyboard.type(`renamed ${index}.txt`);
        await page.keyboard.press("Enter");
        await window.remote.expectRow(`renamed ${index}.txt`);
        expect(await exists(join(ftp.root, name))).toBe(false);
        await window.remote.row(`renamed ${index}.txt`).click();
        await page.keyboard.press("Delete");
        await page
          .getByRole("alertdialog")
          .getByRole("button", { name: /^Delete/ })
          .click();
        await expect(window.remote.row(`renamed ${index}.txt`)).toHaveCount(0);
        expect(await exists(join(ftp.root, `renamed ${index}.txt`))).toBe(false);
      }

      await writeFile(Buffer.concat([Buffer.from(`${ftp.root}/`), gbkName]), "GBK content");
      ftp.handOver();
      await window.remote.grid.focus();
      await page.keyboard.press("F5");
      await window.remote.expectRow("中文文件.txt");
      await window.remote.row("中文文件.txt").click();
      await page.keyboard.press("F6");
      await expect
        .poll(() => readFile(join(portside.home, "中文文件.txt"), "utf8").catch(() => null))
        .toBe("GBK content");
      await page.keyboard.press("F2");
      await page.keyboard.press("Control+a");
      await page.keyboard.type("plain.txt");
      await page.keyboard.press("Enter");
      await window.remote.expectRow("plain.txt");
      await page.keyboard.press("Delete");
      await page
        .getByRole("alertdialog")
        .getByRole("button", { name: /^Delete/ })
        .click();
      await expect(window.remote.row("plain.txt")).toHaveCount(0);
      expect(await readdir(ftp.root)).toEqual([]);
    } finally {
      await portside.stop();
      await ftp.stop();
      await scratch.remove();
    }
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
