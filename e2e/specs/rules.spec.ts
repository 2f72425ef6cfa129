import { expect, type Page, test } from "@playwright/test";
import { openStage, type Stage } from "../stage/openStage.ts";

// Conflict rules and waiting sites over the engine in memory.
let stage: Stage;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  stage = await openStage();
});
test.afterAll(async () => stage.close());

async function withScene(scene: readonly string[], use: (page: Page) => Promise<void>): Promise<void> {
  const page = await stage.open({ scene });
  try {
    await use(page);
  } finally {
    await page.context().close();
  }
}

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
