import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { prepareDemoFiles } from "../../electron/engine/demo/demoSite.ts";
import { defaultLayout } from "../../renderer/stores/layoutStore.ts";
import { defaultSiteSettings, type SiteSettings } from "../../shared/models/site.ts";
import { type RealServer, startVsftpd } from "../ftpd/realServers.ts";
import { startEngine } from "../support/engine.ts";
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
      const stage = await setStage(language);
      const context = await browser.newContext({ locale, colorScheme: theme, viewport });
      try {
        await takePictures(context, stage, language, `${language}-${theme}${viewport.width === 1280 ? "" : "-large"}`);
      } finally {
        await context.close();
        await stage.close();
      }
    });
  }
}

/** What the pictures tell of, in the words of their readers. */
const stories = {
  en: {
    upload: "Harbour film",
    folders: ["Contracts", "Pictures", "Website"],
    clips: [
      "arrival of the fleet.mp4",
      "at the pier.mp4",
      "fog over the harbour.mp4",
      "sunrise.mp4",
      "the old crane.mp4",
    ],
    clients: "Clients",
    office: "Office",
    main: "Harbour website",
    sites: ["Lighthouse museum", "Fish market", "Rowing club"],
    archive: "Archive",
    comments: "New pages go live on Mondays. Ask Ole before changing /css.",
  },
  "zh-CN": {
    upload: "港口短片",
    folders: ["合同", "照片", "网站"],
    clips: ["船队归港.mp4", "码头的早晨.mp4", "雾中的港口.mp4", "日出.mp4", "老起重机.mp4"],
    clients: "客户",
    office: "公司",
    main: "港口官网",
    sites: ["灯塔博物馆", "海鲜市场", "赛艇俱乐部"],
    archive: "归档",
    comments: "新页面每周一上线。修改 /css 之前请先联系小林。",
  },
} as const;
type Language = keyof typeof stories;

type Stage = { readonly server: RealServer; readonly portside: Portside; close: () => Promise<void> };

async function setStage(language: Language): Promise<Stage> {
  const story = stories[language];
  const scratch = await makeScratch("pictures");
  const server = await startVsftpd({ tls: "off", maxBytesPerSecond: 1_500_000 });
  await prepareDemoFiles(join(scratch.folder, "demo"));
  await cp(join(scratch.folder, "demo"), server.root, { recursive: true, preserveTimestamps: true });
  server.handOver();
  await saveSites(scratch.folder, language, server);
  // The home folder is seen in the pictures: the guide names a fitting one.
  const home = process.env.PORTSIDE_PICTURES_HOME ?? join(scratch.folder, "home");
  const portside = await startPortside({ folder: scratch.folder, home });
  const film = join(home, story.upload);
  await mkdir(film, { recursive: true });
  for (const [index, clip] of story.clips.entries()) {
    await writeFile(join(film, clip), Buffer.alloc((11 + 4 * index) * 1024 * 1024, index));
  }
  for (const [index, name] of story.folders.entries()) {
    await writeTree(join(home, name), { files: 8, folders: 1, minBytes: 9_000, maxBytes: 90_000, seed: 6 + index });
  }
  return {
    server,
    portside,
    close: async () => {
      await portside.stop();
      await server.stop();
      await scratch.remove();
      for (const name of [story.upload, ...story.folders]) await rm(join(home, name), { recursive: true, force: true });
    },
  };
}

/** Sites as someone has them who has worked for a while, and four transfers at once. */
async function saveSites(
  folder: string,
  language: Language,
  { host, port, user, password }: RealServer,
): Promise<void> {
  const story = stories[language];
  const { call, close } = await startEngine(folder);
  const createFolder = async (name: string) => (await call("sites.createFolder", { name, folderId: null })).id;
  const create = (folderId: string | null, settings: Partial<SiteSettings>) =>
    call("sites.create", { settings: { ...defaultSiteSettings, ...settings }, folderId, password: null });

  const office = await createFolder(story.office);
  const settings = { ...defaultSiteSettings, name: story.main, host, port, user, colour: "blue" } as const;
  const more = { remoteFolder: "/website", comments: story.comments, sessionLimit: 6 };
  await call("sites.create", { settings: { ...settings, ...more }, folderId: office, password });
  await create(office, {
    name: "Intranet",
    host: "files.harbour.example",
    encryption: "tls-required",
    user: "mira",
    colour: "green",
  });
  const clients = await createFolder(story.clients);
  for (const [index, name] of story.sites.entries()) {
    const colour = (["orange", "cyan", "magenta"] as const)[index] ?? "none";
    await create(clients, { name, host: `ftp${index + 1}.example.org`, user: "mira", colour });
  }
  await create(null, { name: story.archive, host: "archive.example.net", logon: "anonymous", user: "anonymous" });
  await call("settings.change", { maxTransfers: 4 });
  // What else lies on the disk of the machine that takes the pictures is nobody's business.
  const local = { ...defaultLayout.local, isTreeShown: false };
  await call("layout.save", { text: JSON.stringify({ ...defaultLayout, local }) });
  await close();
}

async function takePictures(context: BrowserContext, { portside }: Stage, language: Language, look: string) {
  const story = stories[language];
  await mkdir(pictures, { recursive: true });
  const page = await context.newPage();
  const shoot = (view: string) => page.screenshot({ path: join(pictures, `${view}-${look}.png`) });
  await page.goto(portside.url);
  await expect(page.getByRole("grid").first().getByText(story.upload, { exact: true })).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await shoot("welcome");

  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("treeitem", { name: story.main }).click();
  await shoot("site-manager");
  await dialog.getByRole("button", { name: /^(Connect|连接)$/ }).click();
  await expect(page.getByRole("grid").nth(1).getByText("index.html", { exact: true })).toBeVisible({ timeout: 15_000 });
  await shoot("connected");

  await dragSlowly(page, story.upload, () => shoot("dragging"));
  await expect(page.getByRole("progressbar").first()).toBeVisible();
  await page.waitForTimeout(5_000); // long enough for speed and time left to settle, too short for a clip to be over
  await shoot("queue");

  await page.keyboard.press("F1");
  await expect(page.getByRole("dialog")).toBeVisible();
  await shoot("shortcuts");
}

/** Drags a local row over the remote list, lets `midway` look, and drops. */
async function dragSlowly(page: Page, name: string, midway: () => Promise<unknown>): Promise<void> {
  const row = await page.getByRole("grid").first().getByText(name, { exact: true }).boundingBox();
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
