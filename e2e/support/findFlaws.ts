import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds serious or critical in the window, or in the parts of it that a selector names; empty is good. */
export async function findFlaws(page: Page, part?: string): Promise<string[]> {
  await settleMotion(page);
  const builder = new AxeBuilder({ page });
  // The guards around a menu take the focus only to pass it on at once; axe cannot see that.
  const { violations } = await (part ? builder.include(part) : builder).exclude("[data-base-ui-focus-guard]").analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" | ")}`);
}

/** Colours are judged when they have arrived: what fades in is fainter on its way. */
async function settleMotion(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const inTime = document.getAnimations().filter(({ timeline }) => timeline === document.timeline); // others follow a scroll
    const running = inTime.filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(running.map(({ finished }) => finished));
  });
}
