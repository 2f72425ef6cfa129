import { cp, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { prepareDemoFiles } from "../../electron/engine/demo/demoSite.ts";
import { type RealServer, startVsftpd } from "../ftpd/realServers.ts";
import { makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { writeTree } from "../support/trees.ts";

// The pictures of the guide, taken from the product at work. `npm run guide` writes them to docs/guide; a test run to test-results.
const pictures = resolve(process.env.PORTSIDE_PICTURES ?? "test-results/guide");
const looks = [
  { language: "en", locale: "en-US", theme: "light" },
  { language: "en", locale: "en-US", theme: "dark" },
  { language: "zh-CN", locale: "zh-CN", theme: "light" },
  { language: "zh-CN", locale: "zh-CN", theme: "dark" },
] as const;

for (const { language, locale, theme } of looks) {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 1920, height: 1080 },
  ]) {
    test(`pictures in ${language}, ${theme}, ${viewport.width}×${viewport.height}`, async ({ browser }) => {
      test.setTimeout(120_000);
      const stage = await setStage();
      const context = await browser.newContext({ locale, colorScheme: theme, viewport });
      try {
        await takePictures(context, stage, `${language}-${theme}${viewport.width === 1280 ? "" : "-large"}`);
      } finally {
        await context.close();
        await stage.close();
      }
    });
  }
}

type Stage = { readonly server: RealServer; readonly portside: Portside; close: () => Promise<void> };

async function setStage(): Promise<Stage> {
  const scratch = await makeScratch("pictures");
  const server = await startVsftpd({ tls: "off", maxBytesPerSecond: 900_000 });
  await prepareDemoFiles(join(scratch.folder, "demo"));
  await cp(join(scratch.folder, "demo"), server.root, { recursive: true, preserveTimestamps: true });
  server.handOver();
  const portside = await startPortside({ folder: scratch.folder });
  await writeTree(join(portside.home, "Website 2026"), {
    files: 40,
    folders: 8,
    minBytes: 100_000,
    maxBytes: 900_000,
    seed: 5,
  });
  await writeTree(join(portside.home, "照片"), { files: 8, folders: 1, minBytes: 9_000, maxBytes: 90_000, seed: 6 });
  await writeTree(join(portside.home, "Contracts"), {
    files: 8,
    folders: 1,
    minBytes: 9_000,
    maxBytes: 90_000,
    seed: 8,
  });
  return {
    server,
    portside,
    close: async () => {
      await portside.stop();
      await server.stop();
      await scratch.remove();
    },
  };
}

async function takePictures(context: BrowserContext, { server, portside }: Stage, look: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  const page = await context.newPage();
  const shoot = (view: string) => page.screenshot({ path: join(pictures, `${view}-${look}.png`) });
  const grids = page.getByRole("grid");
  await page.goto(portside.url);
  await expect(grids.first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await shoot("welcome");

  await page.locator("[name=host]").fill(server.host);
  await page.locator("[name=user]").fill(server.user);
  await page.locator("[name=password]").fill(server.password);
  await page.locator("[name=port]").fill(String(server.port));
  await page.locator("[name=port]").press("Enter");
  await expect(page.getByText("README.txt").first()).toBeVisible({ timeout: 15_000 });
  await shoot("connected");

  await dragSlowly(page, "Website 2026", () => shoot("dragging"));
  await expect(page.getByRole("progressbar").first()).toBeVisible();
  await page.waitForTimeout(4_000); // long enough for speed and time left to settle
  await shoot("queue");

  await page.keyboard.press("Control+s");
  await expect(page.getByRole("dialog")).toBeVisible();
  await shoot("site-manager");
}

/** Drags a local row over the remote list, lets `midway` look, and drops. */
async function dragSlowly(page: Page, name: string, midway: () => Promise<unknown>): Promise<void> {
  const row = await page.getByText(name, { exact: true }).first().boundingBox();
  const target = await page.getByRole("grid").nth(1).boundingBox();
  if (!row || !target) throw new Error("Both panes must be on screen to drag between them.");
  await page.mouse.move(row.x + 20, row.y + row.height / 2);
  await page.mouse.down();
  await page.mouse.move(row.x + 30, row.y + 12, { steps: 4 });
  await page.mouse.move(target.x + target.width / 2, target.y + target.height - 40, { steps: 12 });
  await page.waitForTimeout(200);
  await midway();
  await page.mouse.up();
}
