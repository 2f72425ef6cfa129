import { expect, type Locator, type Page } from "@playwright/test";

/** Portside's window as a user reads it: by roles and names. */
export type PortsideWindow = {
  readonly page: Page;
  readonly local: PaneView;
  readonly remote: PaneView;
  readonly dock: DockView;
  quickConnect(server: ServerAddress): Promise<void>;
  /** Answers the certificate card when one comes within the wait for the remote listing. */
  trustCertificate(how: "Trust once" | "Always trust"): Promise<void>;
};

export type ServerAddress = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
};

export type PaneView = {
  readonly grid: Locator;
  readonly tree: Locator;
  row(name: string): Locator;
  /** Waits until the pane shows a folder that holds `name`. */
  expectRow(name: string): Promise<void>;
  open(name: string): Promise<void>;
  goTo(path: string): Promise<void>;
};

export type DockView = {
  tab(name: "Queued" | "Failed" | "Completed" | "Log"): Locator;
  /** Waits until nothing is queued, running, waiting or paused. */
  expectEmptyQueue(timeoutMs: number): Promise<void>;
  count(name: "Queued" | "Failed" | "Completed"): Promise<number>;
};

export async function openWindow(page: Page, url: string): Promise<PortsideWindow> {
  await page.goto(url);
  const window = describeWindow(page);
  await expect(window.local.grid).toBeVisible();
  return window;
}

export function describeWindow(page: Page): PortsideWindow {
  return {
    page,
    local: describePane(page, "Local"),
    remote: describePane(page, "Remote"),
    dock: describeDock(page),
    async quickConnect({ host, port, user, password }) {
      await page
        .getByRole("combobox", { name: "Host" })
        .or(page.getByRole("textbox", { name: "Host" }))
        .fill(host);
      await page.getByRole("textbox", { name: "Username" }).fill(user);
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByRole("textbox", { name: "Port" }).fill(String(port));
      await page.getByRole("button", { name: "Connect", exact: true }).click();
    },
    async trustCertificate(how) {
      const card = page.getByRole("alertdialog").or(page.getByRole("dialog")).filter({ hasText: "certificate" });
      await card.getByRole("button", { name: how }).click();
    },
  };
}

function describePane(page: Page, side: "Local" | "Remote"): PaneView {
  const grid = page.getByRole("grid", { name: `${side} files` });
  const pane = page.getByRole("region", { name: side === "Local" ? "Local files" : "Remote files" });
  const row = (name: string) => grid.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
  return {
    grid,
    tree: page.getByRole("tree", { name: `${side} folders` }),
    row,
    async expectRow(name) {
      await expect(row(name)).toBeVisible({ timeout: 15_000 });
    },
    async open(name) {
      await row(name).dblclick();
    },
    async goTo(path) {
      await grid.focus();
      await page.keyboard.press("Control+l");
      const field = pane.getByRole("textbox", { name: "Path" });
      await field.fill(path);
      await field.press("Enter");
    },
  };
}

function describeDock(page: Page): DockView {
  const tab = (name: string) => page.getByRole("tab", { name: new RegExp(`^${name}`) });
  const count = async (name: string) =>
    Number(/\d[\d,]*/.exec((await tab(name).textContent()) ?? "")?.[0]?.replaceAll(",", "") ?? 0);
  return {
    tab,
    count,
    async expectEmptyQueue(timeoutMs) {
      await expect.poll(() => count("Queued"), { timeout: timeoutMs, intervals: [250] }).toBe(0);
    },
  };
}

/** Drags by mouse the way a hand does: press, move a little, move over, let go. Chromium wants two moves before a drop. */
export async function dragTo(
  page: Page,
  source: Locator,
  target: Locator,
  { beforeDrop = async () => {} }: { readonly beforeDrop?: () => Promise<void> } = {},
): Promise<void> {
  const from = await centreOf(source);
  const to = await centreOf(target);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 6, from.y + 6, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 10 });
  await beforeDrop();
  await page.mouse.move(to.x + 2, to.y + 2, { steps: 2 });
  await page.mouse.up();
}

async function centreOf(locator: Locator): Promise<{ x: number; y: number }> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error("Nothing to drag there: the element is not on screen.");
  return { x: box.x + Math.min(box.width / 2, 120), y: box.y + box.height / 2 };
}
