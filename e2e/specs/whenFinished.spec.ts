import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { findFlaws } from "../support/findFlaws.ts";
import { makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { openWindow, type PaneView, type PortsideWindow } from "../support/window.ts";

test.describe("when the queue is finished", () => {
  test.setTimeout(60_000);
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };
  let window: PortsideWindow;

  test.beforeEach(async ({ page }) => {
    scratch = await makeScratch("when-finished");
    portside = await startPortside({ folder: scratch.folder, args: ["--demo"] });
    await page.addInitScript(spyOnSignals);
    window = await openWindow(page, portside.url);
    await window.remote.expectRow("README.txt");
  });
  test.afterEach(async () => {
    await portside.stop();
    await scratch.remove();
  });

  test("a command of the user's own runs once per finished queue, and its exit is no business of the window", async ({
    page,
  }) => {
    const ran = join(scratch.folder, "ran");
    await page.keyboard.press("Control+,");
    const settings = page.getByRole("dialog", { name: "Settings" });
    await settings.getByLabel("Command to run").fill(`echo finished >> "${ran}"`);
    await settings.getByRole("combobox", { name: "What to do" }).click();
    await page.getByRole("option", { name: "Run a command" }).click();
    expect(await findFlaws(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(settings).toBeHidden();
    const runs = () =>
      readFile(ran, "utf8").then(
        (text) => text.trim().split("\n").length,
        () => 0,
      );

    await fetch(window.remote, "README.txt");
    await expect.poll(runs).toBe(1);
    await fetch(window.remote, "documents");
    await expect.poll(runs).toBe(2);
  });

  test("a sound is played, and a notification shown only to somebody who looks elsewhere", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["notifications"]);
    await choose(page, "Play a sound");
    await fetch(window.remote, "README.txt");
    await expect.poll(() => signals(page)).toEqual(["sound"]);

    await choose(page, "Show a notification");
    await page.evaluate(() => {
      document.hasFocus = () => false; // another window lies over this one
    });
    await fetch(window.remote, "documents");
    await expect.poll(() => signals(page)).toEqual(["sound", "The queue is finished: All transfers are done."]);
  });

  test("“Quit Portside” holds once, ends the host and leaves nothing undone", async ({ page }) => {
    await page.getByRole("button", { name: "Start and end of the queue" }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    expect(await findFlaws(page)).toEqual([]);
    await page.getByRole("menuitemradio", { name: "Quit Portside" }).click();
    await fetch(window.remote, "README.txt");
    await expect.poll(() => isRunning(portside.pid), { timeout: 20_000 }).toBe(false);

    portside = await startPortside({ folder: scratch.folder });
    const again = await openWindow(page, portside.url);
    await again.local.expectRow("README.txt");
    await page.getByRole("button", { name: "Start and end of the queue" }).click();
    const quit = page.getByRole("menuitemradio", { name: "Quit Portside" });
    await expect(quit).toHaveAttribute("aria-checked", "false");
  });
});

async function choose(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: "Start and end of the queue" }).click();
  await page.getByRole("menuitemradio", { name: what }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

/** To this computer. */
async function fetch({ row }: PaneView, name: string): Promise<void> {
  await row(name).click();
  await row(name).page().keyboard.press("F6");
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Writes down what a user would hear and see outside the page. */
function spyOnSignals(): void {
  const heard: string[] = [];
  Object.assign(globalThis, { heard });
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    if (heard.at(-1) !== "sound") heard.push("sound"); // a chime is several tones
    return start.apply(this, when);
  };
  class Noted {
    static readonly permission = "granted";
    static readonly requestPermission = async () => "granted";
    constructor(title: string, { body }: { body: string }) {
      heard.push(`${title}: ${body}`);
    }
  }
  Object.assign(globalThis, { Notification: Noted });
}

const signals = (page: Page): Promise<unknown> => page.evaluate("globalThis.heard");
