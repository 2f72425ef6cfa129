import { expect, test } from "@playwright/test";
import { startProxyServer } from "../ftpd/proxyServer.ts";
import { startVsftpd } from "../ftpd/realServers.ts";
import { filesHolding, formsOf } from "../support/filesHolding.ts";
import { makeScratch, startPortside } from "../support/portside.ts";
import { openWindow } from "../support/window.ts";

test.setTimeout(120_000);

const host = "ftp.harbour.invalid"; // only the proxy knows it
const login = { user: "ann", password: "open-sesame-77" };

test("a site is reached through the proxy of the settings, after its form has said what is wrong; no password is readable", async ({
  page,
}) => {
  const scratch = await makeScratch("proxies");
  const server = await startVsftpd();
  const proxy = await startProxyServer({ kind: "socks5", login, names: { [host]: "127.0.0.1" } });
  const portside = await startPortside({ folder: scratch.folder });
  try {
    const window = await openWindow(page, portside.url);
    await page.keyboard.press("Control+,");
    const settings = page.getByRole("dialog", { name: "Settings" });
    await settings.getByRole("combobox", { name: "Type of generic proxy" }).click();
    await page.getByRole("option", { name: "SOCKS 5" }).click();
    await settings.getByLabel("Proxy host", { exact: true }).fill("127.0.0.1");
    await settings.getByLabel("Proxy host", { exact: true }).press("Enter");
    await expect(settings.getByText("Type the proxy’s host name")).toBeHidden();
    await settings.getByLabel("Proxy port", { exact: true }).fill(String(proxy.port));
    await settings.getByLabel("Proxy port", { exact: true }).press("Enter");
    await settings.getByLabel("Proxy user", { exact: true }).fill(login.user);
    await settings.getByLabel("Proxy user", { exact: true }).press("Enter");
    await settings.getByLabel("Proxy password", { exact: true }).fill(login.password);
    await settings.getByLabel("Proxy password", { exact: true }).press("Enter");
    await expect(settings.getByRole("button", { name: "Forget: Proxy password" })).toBeVisible();
    await page.keyboard.press("Escape");

    await page.keyboard.press("Control+s");
    const sites = page.getByRole("dialog", { name: "Site manager" });
    await sites.getByRole("button", { name: "New site" }).first().click();
    await sites.getByRole("textbox", { name: "Host" }).fill(host);
    await sites.getByRole("textbox", { name: "Port" }).fill(String(server.port));
    await sites.getByRole("textbox", { name: "User" }).fill(server.user);
    await sites.getByLabel("Password", { exact: true }).fill(server.password);
    await sites.getByRole("tab", { name: "Advanced" }).click();
    await sites.getByLabel("Commands after the login").fill("PASV\nSITE UMASK 022");
    await sites.getByRole("tab", { name: "General" }).click();
    await sites.getByRole("button", { name: "Connect" }).click();

    await expect(sites.getByText("At most 20 commands, one a line.")).toBeVisible();
    await expect(sites.getByLabel("Commands after the login")).toBeFocused();
    await sites.getByLabel("Commands after the login").fill("SITE UMASK 022");
    await sites.getByRole("button", { name: "Connect" }).click();

    await expect(window.remote.grid).toBeVisible({ timeout: 20_000 });
    expect(new Set(proxy.targets.map((target) => target.replace(/:\d+$/, "")))).toEqual(new Set([host]));
    await page.getByRole("tab", { name: "Log" }).click();
    await expect(page.getByText("SITE UMASK 022")).toBeVisible();
    await portside.stop();
    for (const form of formsOf(login.password)) expect(await filesHolding(scratch.folder, form)).toEqual([]);
  } finally {
    await portside.stop();
    await proxy.close();
    await server.stop();
    await scratch.remove();
  }
});
