// Pictures of the window to look at: node e2e/stage/shoot.ts [name part]. They land in .cache/shots.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { openStage, type StageLook } from "./openStage.ts";

type Shot = { readonly name: string; readonly look: StageLook; readonly prepare?: (page: Page) => Promise<void> };

const folder = resolve(import.meta.dirname, "../../.cache/shots");
const large = { width: 1920, height: 1080 };

const connect = async (page: Page): Promise<void> => {
  const host = page.getByRole("combobox").or(page.getByRole("textbox")).and(page.locator("[name=host]"));
  await host.fill("ftp.harbour.example");
  await host.press("Enter");
  await page.locator("[aria-label='Remote files'], [aria-label='远程文件']").waitFor();
  await page.waitForTimeout(400);
};

const remote = (page: Page) => page.locator(".pane[data-side=remote]");
const local = (page: Page) => page.locator(".pane[data-side=local]");
const row = (pane: Locator, name: string) =>
  pane.locator(".file-row").filter({ has: pane.page().getByText(name, { exact: true }) });

/** A selection of three held over a remote folder. */
const holdOverFolder = async (page: Page): Promise<void> => {
  await connect(page);
  await row(local(page), "Documents").click();
  await row(local(page), "Music").click({ modifiers: ["Shift"] });
  const [from, to] = [await row(local(page), "Downloads").boundingBox(), await row(remote(page), "blog").boundingBox()];
  if (!from || !to) throw new Error("The rows to drag are not on screen.");
  await page.mouse.move(from.x + 60, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 70, from.y + 16, { steps: 4 });
  await page.mouse.move(to.x + 90, to.y + 12, { steps: 12 });
  await page.waitForTimeout(100);
};

const press =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    await connect(page);
    await row(remote(page), "index.html").click();
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForTimeout(250);
  };

const goTo =
  (path: string) =>
  async (page: Page): Promise<void> => {
    await connect(page);
    await remote(page).locator(".file-list").focus();
    await page.keyboard.press("Control+l");
    await remote(page).locator(".path-field").fill(path);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(900);
  };

const askCopyToSite = async (page: Page): Promise<void> => {
  await press("Shift+F10")(page);
  await page.getByRole("menuitem", { name: /Copy to another site|复制到其他站点/ }).click();
  await page.waitForTimeout(300);
};

const dockTab = (index: number) => async (page: Page) => page.getByRole("tab").nth(index).click();

/** The drops, one with failures open. */
const openBatches = async (page: Page): Promise<void> => {
  await dockTab(1)(page);
  await page.locator(".batch-name").nth(3).click();
  await page.locator(".batch-reasons").waitFor();
};

/** What arrived, how that is proved, and the receipt of one of them. */
const openReceipt = async (page: Page): Promise<void> => {
  await dockTab(3)(page);
  await page.locator(".queue-row[data-index='4']").click({ button: "right" });
  await page.getByRole("menuitem", { name: /^(Receipt|凭据)/ }).click();
  await page.locator(".receipt-facts dd").first().waitFor();
};

const manageSites = async (page: Page): Promise<void> => {
  await page.keyboard.press("Control+s");
  await page.getByRole("treeitem", { name: "Harbour Works" }).click();
};

const manageTab =
  (index: number) =>
  async (page: Page): Promise<void> => {
    await manageSites(page);
    await page.getByRole("dialog").getByRole("tab").nth(index).click();
  };

const openSettings = async (page: Page): Promise<void> =>
  page.getByRole("button", { name: /^(Settings|设置)$/ }).click();

const showJobs = async (page: Page): Promise<void> => {
  await connect(page);
  await page.getByText(/^(Show which and why|查看是哪些及原因)$/).click();
};

/** Of a folder and a file, with all the folder holds. */
const openPermissions = async (page: Page): Promise<void> => {
  await connect(page);
  await row(remote(page), "blog").click();
  await row(remote(page), "index.html").click({ modifiers: ["Control"] });
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: /^(Permissions|权限)/ }).click();
  await page.getByRole("checkbox", { name: /everything inside|所有内容/ }).click();
};

const openServerFacts = async (page: Page): Promise<void> => {
  await connect(page);
  await page.locator(".status-bar .status-button").first().click();
  await page.locator(".learnt-facts").waitFor();
  await page.waitForTimeout(200);
};

const openCreateLink = async (page: Page): Promise<void> => {
  await press("Shift+F10")(page);
  await page.getByRole("menuitem", { name: /^(Create link|创建链接)/ }).click();
  await page.waitForTimeout(200);
};

/** Every kind of proxy, and text files: what is hidden until it is chosen. */
const chooseProxies = async (page: Page): Promise<void> => {
  await openSettings(page);
  for (const [field, option] of [
    [/^(Default transfer type|默认传输类型)/, /^(Auto|自动)/],
    [/^(Type of generic proxy|通用代理类型)/, /SOCKS 5/],
    [/^(Type of FTP proxy|FTP 代理类型)/, /^(Custom|自定义)/],
  ] as const) {
    await page.getByRole("combobox", { name: field }).click();
    await page.getByRole("option", { name: option }).click();
  }
  await page.getByLabel(/^(Proxy password|代理密码)$/).fill("open sesame");
  await page.getByLabel(/^(Login sequence|登录序列)$/).scrollIntoViewIfNeeded();
};

/** What follows the end of the list, scrolled back to the file types. */
const chooseFileTypes = async (page: Page): Promise<void> => {
  await chooseProxies(page);
  await page.getByRole("combobox", { name: /^(Default transfer type|默认传输类型)/ }).scrollIntoViewIfNeeded();
};

const openEncodings = async (page: Page): Promise<void> => {
  await connect(page);
  await page.locator(".status-bar button[aria-haspopup=menu]").first().click();
  await page.waitForTimeout(200);
};

/** The switch is on, and the menu lies open at the download figures. */
const openSpeedMenu = async (page: Page): Promise<void> => {
  await connect(page);
  const button = page.locator(".status-bar button[aria-haspopup=menu]").last();
  await button.click();
  await page.getByRole("menuitemcheckbox").click();
  await page.waitForTimeout(200);
  if ((await page.getByRole("menu").count()) === 0) await button.click();
  await page.getByRole("menuitem", { name: /^(Download|下载)/ }).click();
  await page.waitForTimeout(250);
};

const openExchange = async (page: Page): Promise<void> => {
  await connect(page);
  await page.getByRole("button", { name: /^(Export and import|导出与导入)$/ }).click();
  await page.waitForTimeout(200);
};

const scheduleSpeed = async (page: Page): Promise<void> => {
  await openSettings(page);
  for (const _ of ["work", "night"]) await page.getByRole("button", { name: /^(Add time|添加时段)$/ }).click();
  await page.getByRole("button", { name: /^(Add time|添加时段)$/ }).scrollIntoViewIfNeeded();
  await page.waitForTimeout(200);
};

const searchQueue =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await connect(page);
    await page.locator(".queue-search input").fill(text);
    await page.locator(".queue-head .columnSize button").click();
    await page.waitForTimeout(500);
  };

/** Two rules, the second being edited. */
const editRules = async (page: Page): Promise<void> => {
  await openSettings(page);
  const add = page.getByRole("button", { name: /^(Add rule|添加规则)$/ });
  for (const names of ["*.tmp; Thumbs.db", "*.psd"]) {
    await add.click();
    const field = page.getByLabel(/^(File names|文件名)$/);
    await field.fill(names);
    await field.press("Enter");
  }
  await page.getByLabel(/^(At least this size|最小大小)$/).fill("10 MB");
  await page.getByLabel(/^(At most this size|最大大小)$/).fill("ten");
  await page.getByLabel(/^(At most this size|最大大小)$/).press("Enter");
  await add.scrollIntoViewIfNeeded();
};

/** A plan with some rows chosen. */
const lookAtPlan = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: /Show plan|查看计划/ }).click();
  const rows = page.getByRole("dialog").getByRole("row");
  await rows.nth(3).click();
  await rows.nth(4).click({ modifiers: ["Shift"] });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(200);
};

const shots: readonly Shot[] = [
  { name: "plan, light", look: { scene: ["plan"] }, prepare: lookAtPlan },
  { name: "plan, dark, zh", look: { scene: ["plan"], theme: "dark", locale: "zh-CN" }, prepare: lookAtPlan },
  { name: "plan full, dark", look: { scene: ["planFull"], theme: "dark" }, prepare: lookAtPlan },
  {
    name: "plan trouble, light, zh",
    look: { scene: ["planTrouble"], locale: "zh-CN" },
    prepare: lookAtPlan,
  },
  { name: "plan closed, light", look: { scene: ["plan"] }, prepare: press("Shift+F10") },
  { name: "rules, light", look: {}, prepare: editRules },
  { name: "rules, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: editRules },
  { name: "outage, light", look: { scene: ["busy", "outage"] } },
  { name: "outage, dark, zh", look: { scene: ["busy", "outage"], theme: "dark", locale: "zh-CN" } },
  { name: "speed menu, light", look: { scene: ["busy"] }, prepare: openSpeedMenu },
  {
    name: "speed menu, dark, zh",
    look: { scene: ["busy"], theme: "dark", locale: "zh-CN" },
    prepare: openSpeedMenu,
  },
  { name: "queue file menu, light", look: { scene: ["busy"] }, prepare: openExchange },
  {
    name: "queue file menu, dark, zh",
    look: { scene: ["busy"], theme: "dark", locale: "zh-CN" },
    prepare: openExchange,
  },
  { name: "settings speed, light", look: {}, prepare: scheduleSpeed },
  { name: "settings speed, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: scheduleSpeed },
  { name: "drag, light", look: {}, prepare: holdOverFolder },
  { name: "drag, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: holdOverFolder },
  { name: "menu, light", look: {}, prepare: press("Shift+F10") },
  { name: "menu, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: press("Shift+F10") },
  { name: "transfer as, light", look: {}, prepare: press("Shift+F10", "ArrowDown", "ArrowDown", "ArrowRight") },
  {
    name: "transfer as, dark, zh",
    look: { theme: "dark", locale: "zh-CN" },
    prepare: press("Shift+F10", "ArrowDown", "ArrowDown", "ArrowRight"),
  },
  { name: "rename, light", look: {}, prepare: press("F2") },
  { name: "delete, light", look: {}, prepare: press("Shift+ArrowDown", "Delete") },
  { name: "new folder, dark", look: { theme: "dark" }, prepare: press("F7") },
  { name: "jobs, light", look: { scene: ["jobs"] }, prepare: showJobs },
  { name: "jobs, dark, zh", look: { scene: ["jobs"], theme: "dark", locale: "zh-CN" }, prepare: showJobs },
  { name: "permissions of folders, light", look: {}, prepare: openPermissions },
  { name: "permissions of folders, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: openPermissions },
  { name: "server facts, light", look: {}, prepare: openServerFacts },
  { name: "server facts, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: openServerFacts },
  { name: "queue search, light", look: { scene: ["busy"] }, prepare: searchQueue("assets") },
  {
    name: "queue search none, dark, zh",
    look: { scene: ["busy"], theme: "dark", locale: "zh-CN" },
    prepare: searchQueue("no such"),
  },
  { name: "mended, light", look: { scene: ["mended"] }, prepare: connect },
  { name: "mended, dark, zh", look: { scene: ["mended"], theme: "dark", locale: "zh-CN" }, prepare: connect },
  { name: "link, light", look: {}, prepare: openCreateLink },
  {
    name: "permissions, light",
    look: {},
    prepare: async (page) => {
      await press("Shift+F10")(page);
      await page.getByRole("menuitem", { name: "Permissions" }).click();
      await page.waitForTimeout(200);
    },
  },
  { name: "huge, light", look: {}, prepare: goTo("/huge") },
  { name: "empty folder, light", look: {}, prepare: goTo("/uploads") },
  { name: "not found, light", look: {}, prepare: goTo("/nowhere") },
  { name: "slow, light", look: { scene: ["slow"] } },
  {
    name: "refused, light",
    look: {},
    prepare: async (page) => {
      await page.locator("[name=host]").fill("refused.example");
      await page.keyboard.press("Enter");
      await page.waitForTimeout(500);
    },
  },
  {
    name: "sites menu, light",
    look: {},
    prepare: async (page) => {
      await page.locator(".site-switcher").click();
      await page.waitForTimeout(200);
    },
  },
  { name: "copy to site, light", look: {}, prepare: askCopyToSite },
  { name: "copy to site, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: askCopyToSite },
  { name: "first start, light", look: { scene: ["empty"] } },
  { name: "first start, dark, zh", look: { scene: ["empty"], theme: "dark", locale: "zh-CN" } },
  { name: "connected, light", look: {}, prepare: connect },
  { name: "connected, dark", look: { theme: "dark" }, prepare: connect },
  { name: "connected, zh", look: { locale: "zh-CN" }, prepare: connect },
  { name: "busy, light, large", look: { scene: ["busy"], ...large }, prepare: connect },
  {
    name: "busy, dark, large, zh",
    look: { scene: ["busy"], theme: "dark", locale: "zh-CN", ...large },
    prepare: connect,
  },
  { name: "busy, light", look: { scene: ["busy"] }, prepare: connect },
  { name: "conflict, light", look: { scene: ["busy", "conflict"] }, prepare: connect },
  { name: "certificate, light", look: { scene: ["certificate"] } },
  { name: "certificate changed, dark", look: { scene: ["changed"], theme: "dark" } },
  { name: "password, light", look: { scene: ["password"] } },
  { name: "certificate, dark, zh", look: { scene: ["certificate"], theme: "dark", locale: "zh-CN" } },
  { name: "conflict, dark, zh", look: { scene: ["busy", "conflict"], theme: "dark", locale: "zh-CN" } },
  { name: "drops, light", look: { scene: ["busy"] }, prepare: openBatches },
  { name: "drops, light, large", look: { scene: ["busy"], ...large }, prepare: openBatches },
  { name: "drops, dark, zh", look: { scene: ["busy"], theme: "dark", locale: "zh-CN" }, prepare: openBatches },
  { name: "lanes, light", look: { scene: ["lanes"] } },
  { name: "failed, light", look: { scene: ["busy"] }, prepare: dockTab(2) },
  {
    name: "failed, dark, zh, large",
    look: { scene: ["busy"], theme: "dark", locale: "zh-CN", ...large },
    prepare: dockTab(2),
  },
  { name: "completed, light", look: { scene: ["busy"] }, prepare: dockTab(3) },
  { name: "receipt, light", look: { scene: ["busy"] }, prepare: openReceipt },
  { name: "receipt, dark, zh", look: { scene: ["busy"], theme: "dark", locale: "zh-CN" }, prepare: openReceipt },
  { name: "encoding menu, light", look: {}, prepare: openEncodings },
  { name: "encoding menu, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: openEncodings },
  { name: "log, dark", look: { scene: ["busy"], theme: "dark" }, prepare: dockTab(4) },
  { name: "million, light", look: { scene: ["million"] } },
  { name: "site manager, light", look: {}, prepare: manageSites },
  { name: "site manager, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: manageSites },
  { name: "site manager advanced, light", look: {}, prepare: manageTab(1) },
  { name: "site manager advanced, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: manageTab(1) },
  { name: "site manager transfer, dark", look: { theme: "dark" }, prepare: manageTab(2) },
  { name: "site manager transfer, light, zh", look: { locale: "zh-CN" }, prepare: manageTab(2) },
  { name: "settings, light", look: {}, prepare: openSettings },
  { name: "settings proxies, light", look: {}, prepare: chooseProxies },
  { name: "settings proxies, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: chooseProxies },
  { name: "settings file types, dark", look: { theme: "dark" }, prepare: chooseFileTypes },
  { name: "settings file types, light, zh", look: { locale: "zh-CN" }, prepare: chooseFileTypes },
  { name: "settings, dark, zh", look: { theme: "dark", locale: "zh-CN" }, prepare: openSettings },
];

const wanted = process.argv[2] ?? "";
await mkdir(folder, { recursive: true });
const stage = await openStage();
for (const { name, look, prepare } of shots.filter((shot) => shot.name.includes(wanted))) {
  const page = await stage.open(look);
  try {
    await page.waitForTimeout(300);
    await prepare?.(page);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
  }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.context().close();
}
await stage.close();
