import { expect, test } from "@playwright/test";
import { startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import { filesHolding, formsOf } from "../support/filesHolding.ts";
import { makeScratch, startPortside } from "../support/portside.ts";
import { openWindow } from "../support/window.ts";

test.setTimeout(120_000);

for (const [name, startServer] of Object.entries({ vsftpd: startVsftpd, ProFTPD: startProftpd })) {
  test(`a saved site connects to ${name} over TLS 1.3 after its certificate is trusted, and no password is readable anywhere`, async ({
    page,
  }) => {
    const scratch = await makeScratch("sites");
    const server = await startServer({ tls: "required", tlsVersions: ["1.3"], requireReuse: true });
    const portside = await startPortside({ folder: scratch.folder });
    try {
      const window = await openWindow(page, portside.url);
      await page.keyboard.press("Control+s");
      const dialog = page.getByRole("dialog", { name: "Site manager" });
      await dialog.getByRole("button", { name: "New site" }).first().click();
      await dialog.getByRole("textbox", { name: "Name" }).fill("Press office");
      await dialog.getByRole("textbox", { name: "Host" }).fill(server.host);
      await dialog.getByRole("textbox", { name: "Port" }).fill(String(server.port));
      await dialog.getByRole("textbox", { name: "User" }).fill(server.user);
      await dialog.getByLabel("Password", { exact: true }).fill(server.password);
      await dialog.getByRole("button", { name: "Connect" }).click();
      await window.trustCertificate("Always trust");
      await expect(window.remote.grid).toBeVisible({ timeout: 20_000 });
      await expect(page.getByRole("contentinfo")).toContainText("TLS");

      await page.reload();
      await expect(window.local.grid).toBeVisible();
      await portside.stop();
      for (const form of formsOf(server.password)) {
        expect(
          await filesHolding(scratch.folder, form),
          `files that hold the password as ${form.toString("latin1")}`,
        ).toEqual([]);
      }
    } finally {
      await portside.stop();
      await server.stop();
      await scratch.remove();
    }
  });
}
