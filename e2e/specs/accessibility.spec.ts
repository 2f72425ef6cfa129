import { expect, type Page, test } from "@playwright/test";
import { findFlaws } from "../support/findFlaws.ts";
import { raiseStage } from "../support/raiseStage.ts";

// Every view over the engine in memory, looked at by axe: what is proved here needs no server.
const stage = raiseStage();

type View = {
  readonly name: string;
  readonly scene?: readonly string[];
  readonly open?: (page: Page) => Promise<void>;
};

const connect = async (page: Page): Promise<void> => {
  await page.locator("[name=host]").fill("ftp.harbour.example");
  await page.locator("[name=host]").press("Enter");
  await expect(page.getByRole("grid", { name: "Remote files" }).getByRole("row").nth(2)).toBeVisible();
};
const openTab = (name: string) => (page: Page) => page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
const pressKeys = (page: Page, keys: string) => page.keyboard.press(keys);

const views: readonly View[] = [
  { name: "the first start", scene: ["empty"] },
  { name: "a connected site", open: connect },
  {
    name: "a selection and its menu",
    open: async (page) => {
      await connect(page);
      await page.getByRole("grid", { name: "Remote files" }).getByRole("row").nth(3).click();
      await pressKeys(page, "Shift+F10");
      await expect(page.getByRole("menu")).toBeVisible();
    },
  },
  { name: "a running queue", scene: ["busy"], open: connect },
  { name: "a site that is waited for", scene: ["busy", "outage"] },
  {
    name: "the speed limits’ menu",
    scene: ["busy"],
    open: (page) => page.getByRole("button", { name: "Speed is not limited" }).click(),
  },
  {
    name: "a speed schedule",
    open: async (page) => {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("button", { name: "Add time" }).click();
    },
  },
  {
    name: "the queue by drops",
    scene: ["busy"],
    open: async (page) => {
      await openTab("Drops")(page);
      await page.getByRole("list", { name: "Drops" }).getByRole("button", { expanded: false }).nth(3).click();
      await expect(page.getByRole("button", { name: "Retry what failed" })).toBeVisible();
    },
  },
  {
    name: "a plan",
    scene: ["plan"],
    open: async (page) => {
      await page.getByRole("button", { name: "Show plan" }).click();
      await page.getByRole("dialog").getByRole("row").nth(3).click();
      await expect(page.getByRole("dialog")).toContainText("For 1 selected");
    },
  },
  {
    name: "a plan that does not fit",
    scene: ["planFull"],
    open: (page) => page.getByRole("button", { name: "Show plan" }).click(),
  },
  { name: "failed transfers", scene: ["busy"], open: openTab("Failed") },
  { name: "completed transfers", scene: ["busy"], open: openTab("Completed") },
  { name: "the log", scene: ["busy"], open: openTab("Log") },
  { name: "a conflict", scene: ["busy", "conflict"] },
  { name: "an unknown certificate", scene: ["certificate"] },
  { name: "a changed certificate", scene: ["changed"] },
  { name: "a password question", scene: ["password"] },
  {
    name: "the site manager",
    open: async (page) => {
      await pressKeys(page, "Control+s");
      await page.getByRole("treeitem", { name: "Harbour Works" }).click();
    },
  },
  ...["Advanced", "Transfer settings"].map((tab) => ({
    name: `the site manager’s tab ${tab}`,
    open: async (page: Page) => {
      await pressKeys(page, "Control+s");
      await page.getByRole("treeitem", { name: "Harbour Works" }).click();
      await page.getByRole("dialog").getByRole("tab", { name: tab }).click();
    },
  })),
  {
    name: "the settings",
    open: async (page) => {
      await pressKeys(page, "Control+,");
      await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
    },
  },
  {
    name: "a conflict rule",
    open: async (page) => {
      await pressKeys(page, "Control+,");
      await page.getByRole("button", { name: "Add rule", exact: true }).press("Enter");
      await page.getByLabel("At most this size").fill("ten");
    },
  },
  {
    name: "the settings with proxies and text files",
    open: async (page) => {
      await pressKeys(page, "Control+,");
      for (const [field, option] of [
        ["Default transfer type", "Auto: ASCII for text files"],
        ["Type of generic proxy", "SOCKS 5"],
        ["Type of FTP proxy", "Custom"],
      ] as const) {
        await page.getByRole("combobox", { name: field }).click();
        await page.getByRole("option", { name: option }).click();
      }
    },
  },
  {
    name: "the keyboard shortcuts",
    open: async (page) => {
      await pressKeys(page, "F1");
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    },
  },
  {
    name: "jobs under way and ended",
    scene: ["jobs"],
    open: async (page) => {
      await connect(page);
      await page.getByText("Show which and why").click();
      await expect(page.getByRole("region", { name: "Deleting “assets”" })).toBeVisible();
    },
  },
  {
    name: "permissions of a folder and all it holds",
    open: async (page) => {
      await connect(page);
      await page.getByRole("grid", { name: "Remote files" }).getByRole("row").nth(3).click();
      await pressKeys(page, "Shift+F10");
      await page.getByRole("menuitem", { name: "Permissions" }).click();
      await page.getByRole("checkbox", { name: "Also everything inside the folders" }).click();
    },
  },
  {
    name: "what is known of a server",
    open: async (page) => {
      await connect(page);
      await page.getByRole("button", { name: "Encrypted" }).click();
      await expect(page.getByText("Found out by trying")).toBeVisible();
    },
  },
  {
    name: "a deletion",
    open: async (page) => {
      await page.getByRole("grid", { name: "Local files" }).getByRole("row").nth(3).click();
      await pressKeys(page, "Delete");
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
  },
];

for (const theme of ["light", "dark"] as const) {
  for (const { name, scene = [], open } of views) {
    test(`axe finds nothing serious in ${name} (${theme})`, async () => {
      const page = await stage.open({ scene, theme });
      try {
        await open?.(page);
        expect(await findFlaws(page)).toEqual([]);
      } finally {
        await page.context().close();
      }
    });
  }
}
