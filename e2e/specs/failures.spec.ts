import { execFile } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { type RealServer, startVsftpd } from "../ftpd/realServers.ts";
import { makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { dragTo, openWindow, type PortsideWindow } from "../support/window.ts";

const run = promisify(execFile);

test.describe("what goes wrong is said in a sentence with a way out", () => {
  test.setTimeout(120_000);
  let server: RealServer;
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };
  let window: PortsideWindow;

  test.beforeEach(async ({ page }) => {
    scratch = await makeScratch("failures");
    server = await startVsftpd({ tls: "off", readOnlyFolder: "locked" });
    portside = await startPortside({ folder: scratch.folder });
    window = await openWindow(page, portside.url);
  });
  test.afterEach(async () => {
    await portside.stop();
    await server.stop();
    await scratch.remove();
  });

  test("wrong password", async ({ page }) => {
    await window.quickConnect({ ...server, password: "wrong" });
    await expect(remoteAlert(page)).toContainText(/user name|password/i, { timeout: 20_000 });
    await expect(remoteAlert(page).getByRole("button").first()).toBeVisible();
  });

  test("unknown host", async ({ page }) => {
    await window.quickConnect({ ...server, host: "no-such-host.invalid" });
    await expect(remoteAlert(page)).toContainText(/host|address/i, { timeout: 30_000 });
  });

  test("refused port", async ({ page }) => {
    const port = await freePort();
    await window.quickConnect({ ...server, port });
    await expect(remoteAlert(page)).toContainText(/refused|not accept|no server|listening/i, { timeout: 20_000 });
  });

  test("a dead server that accepts and says nothing ends within the time limit", async ({ page }) => {
    const silent = createServer(() => {});
    await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
    const { port } = silent.address() as { port: number };
    const began = Date.now();
    await window.quickConnect({ ...server, port });
    await expect(remoteAlert(page)).toContainText(/not answer|no answer|did not|time/i, { timeout: 45_000 });
    expect(Date.now() - began).toBeLessThan(45_000);
    silent.close();
  });

  test("no write permission on the server", async ({ page }) => {
    await writeFile(join(portside.home, "note.txt"), "note");
    await window.quickConnect(server);
    await window.remote.expectRow("locked");
    await window.local.expectRow("note.txt");
    await dragTo(page, window.local.row("note.txt"), window.remote.row("locked"));
    await expect.poll(() => window.dock.count("Failed"), { timeout: 30_000 }).toBe(1);
    await window.dock.tab("Failed").click();
    await expect(page.getByRole("grid", { name: /queue|failed/i })).toContainText(/not allow|permission|may not/i);
    expect(await readdir(portside.home)).toContain("note.txt");
  });

  test("the local disk is full", async ({ page }) => {
    const small = join(portside.home, "small disk");
    await mkdir(small);
    const isMounted = await run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small]).then(
      () => true,
      () => false,
    );
    test.skip(!isMounted, "needs the right to mount a small disk");
    try {
      await writeFile(join(server.root, "big.bin"), Buffer.alloc(3_000_000, 7));
      await window.quickConnect(server);
      await window.remote.expectRow("big.bin");
      await window.local.expectRow("small disk");
      await dragTo(page, window.remote.row("big.bin"), window.local.row("small disk"));
      await expect.poll(() => window.dock.count("Failed"), { timeout: 30_000 }).toBe(1);
      await window.dock.tab("Failed").click();
      await expect(page.getByRole("grid", { name: /queue|failed/i })).toContainText(/full|space/i);
      expect(await readdir(small), "no half file under the final name").not.toContain("big.bin");
    } finally {
      await run("umount", ["-l", small]);
    }
  });
});

function remoteAlert(page: import("@playwright/test").Page) {
  return page.getByRole("region", { name: "Remote files" }).getByRole("alert");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}
