import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { _electron, type ElectronApplication, expect, type Page, test } from "@playwright/test";
import { chooseHost } from "../../../build/start/chooseHost.ts";
import { findElectron } from "../../../build/start/electronBinary.ts";
import { makeScratch } from "../../support/portside.ts";

// The one part of Portside that only Electron itself can show. Skipped, and counted as skipped, where Electron cannot run.
const program = findElectron();
const choice = chooseHost("desktop", {
  platform: process.platform,
  environment: process.env,
  isRoot: process.getuid?.() === 0,
  waivesSandbox: false, // a run without the sandbox would prove nothing about it
});
const obstacle =
  choice.host === "none" ? choice.because : program === null ? "Electron's program is not downloaded" : null;
if (obstacle !== null) console.log(`The desktop window is not tested here: ${obstacle}.`);

test.describe("the desktop window", () => {
  test.skip(obstacle !== null, obstacle ?? "");
  let scratch: { folder: string; remove: () => Promise<void> };
  let app: ElectronApplication;
  let page: Page;

  test.beforeAll(async () => {
    scratch = await makeScratch("desktop");
    app = await _electron.launch({
      executablePath: program ?? "",
      args: [resolve(import.meta.dirname, "../../.."), "--data-dir", join(scratch.folder, "data")],
    });
    page = await app.firstWindow();
  });
  test.afterAll(async () => {
    await app.close();
    await scratch.remove();
  });

  test("opens on Portside's own scheme and reaches the engine through its port", async () => {
    expect(page.url()).toBe("app://main/");
    await expect(page.getByRole("grid", { name: "Local files" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("grid", { name: "Local files" })).toBeVisible();
  });

  test("keeps the page in a sandbox, with nothing of Node and two words of Electron", async () => {
    const { pid, isSandboxed } = await app.evaluate(({ app: electron, BrowserWindow }) => {
      const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId();
      return { pid, isSandboxed: electron.getAppMetrics().find((metric) => metric.pid === pid)?.sandboxed };
    });
    // Electron tells it on macOS and Windows; on Linux the kernel does: 2 is a seccomp filter, proc(5).
    if (process.platform === "linux") expect(await readFile(`/proc/${pid}/status`, "utf8")).toMatch(/^Seccomp:\s+2$/m);
    else expect(isSandboxed).toBe(true);
    const seen = await page.evaluate(() => ({
      node: ["require", "process", "Buffer", "module"].filter((word) => word in globalThis),
      bridge: Object.keys(Reflect.get(window, "portside")),
    }));
    expect(seen).toEqual({ node: [], bridge: ["pathForFile"] });
  });

  test("goes nowhere and opens nothing", async () => {
    const opened = await page.evaluate(() => {
      window.location.href = "https://example.com/";
      return window.open("https://example.com/");
    });
    expect(opened).toBeNull();
    await page.waitForTimeout(300); // long enough for a navigation to begin
    expect(page.url()).toBe("app://main/");
    expect(app.windows()).toHaveLength(1);
  });

  test("serves nothing from outside the window's folder", async () => {
    const answers = await page.evaluate(() =>
      Promise.all(["/..%2fpackage.json", "/%2e%2e/electron/main.js"].map(async (path) => (await fetch(path)).status)),
    );
    expect(answers).toEqual([404, 404]);
  });

  test("grants notifications, for the end of the queue, and neither camera nor place", async () => {
    const states = await page.evaluate(async () => {
      const names = ["camera", "geolocation", "notifications"] as PermissionName[];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(states).toEqual(["denied", "denied", "granted"]);
  });
});
