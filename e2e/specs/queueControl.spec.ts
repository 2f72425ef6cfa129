import { expect, type Page, test } from "@playwright/test";
import { raiseStage } from "../support/raiseStage.ts";

// Order, pauses, start and end of the queue over the engine in memory.
const { withScene } = raiseStage();

async function withQueue(use: (page: Page) => Promise<void>): Promise<void> {
  await withScene(["still"], async (page) => {
    await expect(names(page).first()).toBeVisible();
    await use(page);
  });
}

const grid = (page: Page) => page.getByRole("grid", { name: "Queue", exact: true });
const names = (page: Page) => grid(page).locator(".queue-name");
const row = (page: Page, name: string) => grid(page).getByRole("row").filter({ hasText: name });
const firstNames = async (page: Page, count: number) => (await names(page).allInnerTexts()).slice(0, count);

test("keys move a transfer one up or down, and to the ends", async () => {
  await withQueue(async (page) => {
    const [a = "", b = "", c = ""] = await firstNames(page, 3);
    await row(page, b).click();
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => firstNames(page, 3)).toEqual([b, a, c]);
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(() => firstNames(page, 3)).toEqual([a, b, c]);
    await page.keyboard.press("Alt+End");
    await expect.poll(async () => (await names(page).allInnerTexts()).at(-1)).toBe(b); // it stays in sight
    await page.keyboard.press("Alt+Home");
    await expect.poll(() => firstNames(page, 3)).toEqual([b, a, c]);
    await expect(row(page, b)).toHaveAttribute("aria-selected", "true");
  });
});

test("the pointer drags chosen transfers to where the line is", async () => {
  await withQueue(async (page) => {
    const [a = "", b = "", c = "", d = ""] = await firstNames(page, 4);
    await row(page, c).click();
    await row(page, d).click({ modifiers: ["Control"] });
    const [from, to] = [await row(page, d).boundingBox(), await row(page, a).boundingBox()];
    if (!from || !to) throw new Error("The rows to drag are not on screen.");
    await page.mouse.move(from.x + 60, from.y + 12);
    await page.mouse.down();
    await page.mouse.move(from.x + 64, from.y + 6, { steps: 3 });
    await page.mouse.move(to.x + 60, to.y + 4, { steps: 6 });
    await expect(grid(page).locator(".queue-drop-line")).toBeVisible();
    await page.mouse.up();
    await expect.poll(() => firstNames(page, 4)).toEqual([c, d, a, b]);
    await expect(grid(page).locator(".queue-drop-line")).toBeHidden();
  });
});

test("the menu sets a priority, which the row shows", async () => {
  await withQueue(async (page) => {
    const [, b = ""] = await firstNames(page, 2);
    await row(page, b).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Priority" }).click();
    await page.getByRole("menuitemradio", { name: "Highest" }).click();
    await expect(row(page, b).getByRole("img", { name: "Priority: Highest" })).toBeVisible();
  });
});

test("a drop is given a time to start at, and started now instead", async () => {
  await withQueue(async (page) => {
    const [a = ""] = await firstNames(page, 1);
    await row(page, a).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Start at…" }).click();
    const dialog = page.getByRole("dialog");
    const time = dialog.getByLabel("Date and time");
    await time.fill("2020-01-01T00:00");
    await dialog.getByRole("button", { name: "Start then" }).click();
    await expect(dialog).toContainText("This time has passed");
    await time.fill("2099-12-31T23:00");
    await dialog.getByRole("button", { name: "Start then" }).click();
    await expect(dialog).toBeHidden();
    const holds = page.getByRole("list", { name: "What is waiting" });
    await expect(holds).toContainText("Upload to Harbour Works:/public_html starts");
    await holds.getByRole("button", { name: "Start now" }).click();
    await expect(holds).toBeHidden();
  });
});

test("a site is paused from the menu and resumed from the bar", async () => {
  await withQueue(async (page) => {
    const [a = ""] = await firstNames(page, 1);
    await row(page, a).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Pause more" }).click();
    await page.getByRole("menuitem", { name: "Everything of Harbour Works" }).click();
    const holds = page.getByRole("list", { name: "What is waiting" });
    await expect(holds).toContainText("Harbour Works is paused");
    await expect(row(page, a)).toContainText("Paused");
    await holds.getByRole("button", { name: "Resume" }).click();
    await expect(holds).toBeHidden();
    await expect(row(page, a)).not.toContainText("Paused");
  });
});

test("the end of the queue offers what this host can do", async () => {
  await withQueue(async (page) => {
    await page.getByRole("button", { name: "Start and end of the queue" }).click();
    const choices = page.getByRole("menuitemradio");
    await expect(choices).toHaveText(["Do nothing", "Show a notification", "Play a sound", "Quit Portside"]);
    await choices.filter({ hasText: "Play a sound" }).click();
    await page.getByRole("button", { name: "Start and end of the queue" }).click();
    await expect(choices.filter({ hasText: "Play a sound" })).toHaveAttribute("aria-checked", "true");
  });
});
