import { expect, type Page, test } from "@playwright/test";
import { raiseStage } from "../support/raiseStage.ts";

// Over the engine in memory: that the limits hold is proved in e2e/servers/speedLimits.test.ts.
const stage = raiseStage();
let page: Page;
test.beforeEach(async () => {
  page = await stage.open({ scene: ["busy"] });
});
test.afterEach(async () => page.context().close());

const button = (name: RegExp) => page.getByRole("contentinfo").getByRole("button", { name });

test("the status bar switches the limit on and off, and says what it is", async () => {
  await button(/^Speed is not limited$/).click();
  await page.getByRole("menuitemcheckbox", { name: "Limit speed" }).click();
  await expect(button(/^Speed is limited: download 1 MiB\/s, upload 256 KiB\/s$/)).toBeVisible();
  if ((await page.getByRole("menu").count()) > 0) await page.keyboard.press("Escape");
  await button(/^Speed is limited/).click();
  await page.getByRole("menuitemcheckbox", { name: "Limit speed" }).click();
  await expect(button(/^Speed is not limited$/)).toBeVisible();
});

test("a figure is chosen by the keyboard alone, and switches the limit on", async () => {
  await button(/^Speed is not limited$/).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await expect(page.getByRole("menuitemcheckbox", { name: "Limit speed" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  const choice = page.getByRole("menuitemradio", { name: "500 KiB/s" });
  await expect(choice).toBeVisible();
  await choice.focus();
  await page.keyboard.press("Enter");
  await expect(button(/^Speed is limited: download 1 MiB\/s, upload 500 KiB\/s$/)).toBeVisible();
});

test("a schedule is made of rules, and the status bar says that it is in force", async () => {
  await button(/^Speed is not limited$/).click();
  await page.getByRole("menuitem", { name: "Speed and schedule…" }).click();
  const settings = page.getByRole("dialog");
  await settings.getByRole("checkbox", { name: "Limit speed" }).click();
  await settings.getByRole("button", { name: "Add time" }).click();
  const rule = settings.getByRole("group", { name: "Rule 1" });
  const saturday = rule.getByRole("button", { name: "Saturday" });
  await expect(saturday).toHaveAttribute("aria-pressed", "false");
  await saturday.press("Space");
  await expect(saturday).toHaveAttribute("aria-pressed", "true");
  await rule.getByLabel("Until").fill("18:30");
  await expect(rule.getByLabel("Until")).toHaveValue("18:30");
  await page.keyboard.press("Escape");
  await expect(button(/^Speed is limited by the schedule$/)).toBeVisible();

  await button(/^Speed is limited by the schedule$/).click();
  await expect(page.getByText("The schedule says how fast")).toBeVisible();
  await page.getByRole("menuitem", { name: "Speed and schedule…" }).click();
  await page.getByRole("button", { name: "Remove rule 1" }).click();
  await expect(page.getByRole("group", { name: "Rule 1" })).toHaveCount(0);
});
