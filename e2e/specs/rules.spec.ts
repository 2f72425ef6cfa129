import { expect, test } from "@playwright/test";
import { raiseStage } from "../support/raiseStage.ts";

// Conflict rules and waiting sites over the engine in memory.
const { withScene } = raiseStage();

test("rules are added, edited and put in order by keyboard alone", async () => {
  await withScene([], async (page) => {
    await page.keyboard.press("Control+,");
    const add = page.getByRole("button", { name: "Add rule", exact: true });
    for (const names of ["*.tmp", "*.bak"]) {
      await add.press("Enter");
      const field = page.getByLabel("File names");
      await field.fill(names);
      await field.press("Enter");
    }
    await page.getByLabel("At least this size").fill("10 MB");
    await page.getByLabel("At least this size").press("Tab");
    const lines = page.locator(".rule-line");
    await expect(lines).toHaveText(["*.tmp → Skip", "*.bak · 10 MiB or larger → Skip"]);

    await lines.last().press("Alt+ArrowUp");
    await expect(lines).toHaveText(["*.bak · 10 MiB or larger → Skip", "*.tmp → Skip"]);
    await expect(lines.first()).toBeFocused();
    await lines.first().press("Alt+ArrowDown");
    await expect(lines.last()).toBeFocused();
    await expect(lines.last()).toHaveText("*.bak · 10 MiB or larger → Skip");

    await page.getByRole("button", { name: "Remove: *.tmp → Skip" }).press("Enter");
    await expect(lines).toHaveText(["*.bak · 10 MiB or larger → Skip"]);
  });
});

test("a site that is waited for is named, with the time of the next try and a way to try now", async () => {
  await withScene(["busy", "outage"], async (page) => {
    const note = page.locator(".outage-notes");
    await expect(note).toContainText("Waiting for the network to Studio");
    await expect(note).toContainText(/next try in \d+ s/);
    await expect(note.getByRole("button", { name: "Try now" })).toBeVisible();
  });
});
