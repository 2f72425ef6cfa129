import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";
import { dragTo, openWindow, type PaneView, type PortsideWindow } from "../support/window.ts";

test.describe("the panes, by keyboard and by mouse", () => {
  test.setTimeout(60_000);
  let portside: Portside;
  let scratch: { folder: string; remove: () => Promise<void> };
  let window: PortsideWindow;
  let errors: string[];
  let work: string;

  test.beforeEach(async ({ page }) => {
    scratch = await makeScratch("panes");
    portside = await startPortside({ folder: scratch.folder, args: ["--demo"] });
    work = join(portside.home, "work");
    await mkdir(join(work, "sub"), { recursive: true });
    await mkdir(join(work, "zoo"));
    await writeFile(join(work, "file 10.txt"), "x".repeat(10));
    await writeFile(join(work, "file 9.txt"), "x".repeat(900));
    await writeFile(join(work, "image.png"), "x".repeat(5_000));
    await writeFile(join(work, ".hidden"), "");
    errors = collectPageErrors(page);
    window = await openWindow(page, portside.url);
    await expect(window.remote.grid.getByRole("row").nth(2)).toBeVisible({ timeout: 15_000 });
    await window.local.goTo(work);
    await window.local.expectRow("image.png");
  });
  test.afterEach(async () => {
    const seen = [...errors]; // once the host has gone, the window rightly complains
    await portside.stop();
    await scratch.remove();
    expect(seen).toEqual([]);
  });

  test("arrows, Shift, Ctrl, Space and letters select; the status line counts", async ({ page }) => {
    const { local } = window;
    await local.row("file 9.txt").click();
    expect(await selected(local)).toEqual(["file 9.txt"]);
    await page.keyboard.press("Shift+ArrowDown");
    expect(await selected(local)).toEqual(["file 9.txt", "file 10.txt"]);
    await expect(page.getByText("2 selected · 910 B")).toBeVisible();
    await page.keyboard.press("Control+ArrowDown");
    await page.keyboard.press("Space");
    expect(await selected(local)).toEqual(["file 9.txt", "file 10.txt", "image.png"]);
    await page.keyboard.type("zo");
    expect(await selected(local)).toEqual(["zoo"]);
    await page.keyboard.press("Control+a");
    expect(await selected(local)).toHaveLength(6);
    await page.keyboard.press("Home");
    expect(await selected(local)).toEqual([]);
    await local.row("sub").click();
    await local.row("image.png").click({ modifiers: ["ControlOrMeta"] });
    expect(await selected(local)).toEqual(["sub", "image.png"]);
  });

  test("folders stand first, names in natural order, and a header turns the order round", async ({ page }) => {
    const { local } = window;
    expect(await names(local)).toEqual(["..", "sub", "zoo", ".hidden", "file 9.txt", "file 10.txt", "image.png"]);
    await local.grid.getByRole("button", { name: "Size" }).click();
    await expect(local.grid.getByRole("columnheader", { name: "Size" })).toHaveAttribute("aria-sort", "ascending");
    expect(await names(local)).toEqual(["..", "sub", "zoo", ".hidden", "file 10.txt", "file 9.txt", "image.png"]);
    await local.grid.getByRole("button", { name: "Size" }).click();
    expect(await names(local)).toEqual(["..", "sub", "zoo", "image.png", "file 9.txt", "file 10.txt", ".hidden"]);
    await page.keyboard.press("Control+h");
    await expect(local.row(".hidden")).toHaveCount(0);
    await expect(page.getByText("1 hidden").first()).toBeVisible();
  });

  test("there and back again: parent, history, crumbs, a typed path, the tree", async ({ page }) => {
    const { local } = window;
    await local.open("sub");
    await expect(local.row("zoo")).toHaveCount(0);
    await page.keyboard.press("Backspace");
    await local.expectRow("zoo");
    expect(await selected(local)).toEqual(["sub"]);
    await page.keyboard.press("Alt+ArrowLeft");
    await expect(local.row("zoo")).toHaveCount(0);
    await page.keyboard.press("Alt+ArrowRight");
    await local.expectRow("zoo");
    await local.goTo("sub");
    await expect(page.getByText("This folder is empty")).toBeVisible();
    await page
      .getByRole("navigation", { name: "Local path" })
      .getByRole("button", { name: "work", exact: true })
      .click();
    await local.expectRow("zoo");
    await local.tree.getByRole("treeitem", { name: "zoo" }).click();
    await expect(page.getByText("This folder is empty")).toBeVisible();
    await expect(local.tree.getByRole("treeitem", { name: "zoo" })).toHaveAttribute("aria-selected", "true");
    await local.goTo("/no/such/place");
    const region = page.getByRole("region", { name: "Local files" });
    await expect(region.getByRole("alert")).toContainText("not on this computer");
  });

  test("rename, new folder, permissions and delete, each said aloud", async ({ page }) => {
    const { local } = window;
    await local.row("image.png").click();
    await page.keyboard.press("F2");
    await expect(page.getByRole("textbox", { name: "New name" })).toBeFocused();
    await page.keyboard.type("picture");
    await page.keyboard.press("Enter");
    await local.expectRow("picture.png");
    expect(await selected(local)).toEqual(["picture.png"]);
    await expect(page.getByRole("status").filter({ hasText: "Renamed to picture.png." })).toBeAttached();

    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Permissions" }).click();
    const permissions = page.getByRole("dialog", { name: "Permissions of “picture.png”" });
    const octal = permissions.getByRole("textbox", { name: "Octal value" });
    await octal.fill("600");
    await expect(octal).toHaveValue("600");
    await expect(
      permissions.getByRole("group", { name: "Group" }).getByRole("checkbox", { name: "Read" }),
    ).not.toBeChecked();
    await permissions.getByRole("button", { name: "Apply" }).click();
    await expect(local.row("picture.png")).toContainText("rw-------");

    await local.grid.focus();
    await page.keyboard.press("F7");
    await page.getByRole("textbox", { name: "Folder name" }).fill("fresh");
    await page.keyboard.press("Enter");
    await local.expectRow("fresh");
    expect(await selected(local)).toEqual(["fresh"]);

    await local.row("picture.png").click({ modifiers: ["ControlOrMeta"] });
    await page.keyboard.press("Delete");
    const question = page.getByRole("alertdialog", { name: "Delete 2 items?" });
    await expect(question).toContainText("folders with all they hold");
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(local.grid).toBeFocused();
    await page.keyboard.press("Delete");
    await question.getByRole("button", { name: "Delete" }).click();
    await expect(local.row("picture.png")).toHaveCount(0);
    await expect(local.row("fresh")).toHaveCount(0);
    await expect(page.getByRole("status").filter({ hasText: "2 items deleted." })).toBeAttached();
  });

  test("Tab goes to the other side and copy and paste carry files across", async ({ page }) => {
    const { local, remote } = window;
    await local.row("file 9.txt").click();
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Tab");
    await expect(remote.grid).toBeFocused();
    await page.keyboard.press("Control+v");
    await remote.expectRow("file 9.txt");
    await expect.poll(() => window.dock.count("Completed")).toBe(1);
  });

  test("a drag says what it will do, lands in the folder under it, and moves within one side", async ({ page }) => {
    const { local, remote } = window;
    await local.row("file 9.txt").click();
    await local.row("file 10.txt").click({ modifiers: ["ControlOrMeta"] });
    await remote.grid.focus();
    await page.keyboard.press("F7");
    await page.getByRole("textbox", { name: "Folder name" }).fill("harbour");
    await page.keyboard.press("Enter");
    await remote.expectRow("harbour");

    await holdOver(page, local, "file 10.txt", remote, "harbour");
    await expect(page.getByText("Upload 2 items to harbour")).toBeVisible();
    await page.mouse.up();
    await expect.poll(() => window.dock.count("Completed"), { timeout: 15_000 }).toBe(2);
    await remote.open("harbour");
    await remote.expectRow("file 10.txt");
    await remote.expectRow("file 9.txt");

    await remote.row("file 9.txt").click();
    await dragTo(page, remote.row("file 9.txt"), remote.row(".."));
    await expect(remote.row("file 9.txt")).toHaveCount(0);
    await page.keyboard.press("Backspace");
    await remote.expectRow("file 9.txt");
    await dragTo(page, remote.row("file 9.txt"), remote.tree.getByRole("treeitem", { name: "harbour" }));
    await expect(remote.row("file 9.txt")).toHaveCount(0);
  });

  test("a folder held over springs open, and Escape lets everything stay", async ({ page }) => {
    const { local, remote } = window;
    await local.goTo(portside.home);
    await local.expectRow("work");
    const remoteFile = await remote.grid
      .getByRole("row")
      .filter({ hasText: " file" })
      .first()
      .getByRole("rowheader")
      .textContent();
    await holdOver(page, remote, remoteFile?.trim() ?? "", local, "work");
    await local.expectRow("zoo");
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect(await window.dock.count("Queued")).toBe(0);
    expect(await window.dock.count("Completed")).toBe(0);
  });

  test("columns and splits are resized by keyboard and remembered", async ({ page }) => {
    const { local } = window;
    const grip = local.grid.getByRole("separator", { name: "Resize Size" });
    const before = await local.grid.getByRole("columnheader", { name: "Size" }).boundingBox();
    await grip.focus();
    for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowRight");
    const after = await local.grid.getByRole("columnheader", { name: "Size" }).boundingBox();
    expect(Math.round((after?.width ?? 0) - (before?.width ?? 0))).toBe(40);
    const split = page.getByRole("separator", { name: "Resize panes" });
    await split.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(split).toHaveAttribute("aria-valuenow", "46");
    await page.waitForTimeout(700); // the layout is written down once it rests
    await page.reload();
    await local.expectRow("zoo");
    await expect(page.getByRole("separator", { name: "Resize panes" })).toHaveAttribute("aria-valuenow", "46");
    expect(Math.round((await local.grid.getByRole("columnheader", { name: "Size" }).boundingBox())?.width ?? 0)).toBe(
      Math.round(after?.width ?? 0),
    );
  });

  test("the tree begins at the folder on screen, with the server's folders in sight", async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.reload();
    const { local, remote } = window;
    await local.expectRow("zoo");
    await expect(local.tree.getByRole("treeitem", { name: "work" })).toBeInViewport({ ratio: 0.9 });
    await expect(local.tree.getByRole("treeitem", { name: "work" })).toHaveAttribute("aria-selected", "true");
    await expect(remote.tree.getByRole("treeitem", { name: "website" })).toBeVisible();
  });

  test("columns are hidden from the header's menu and from the pane's, and stay hidden", async ({ page }) => {
    const { local } = window;
    const header = (name: string) => local.grid.getByRole("columnheader", { name, exact: true });
    await header("Modified").click({ button: "right" });
    await page.getByRole("menuitemcheckbox", { name: "Permissions" }).click();
    await expect(header("Permissions")).toHaveCount(0);
    await expect(local.row("image.png")).not.toContainText("rw-");
    await page.getByRole("menuitemcheckbox", { name: "Owner" }).click();
    await expect(header("Owner")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.waitForTimeout(700); // the layout is written down once it rests
    await page.reload();
    await local.expectRow("zoo");
    await expect(header("Owner")).toBeVisible();
    await expect(header("Permissions")).toHaveCount(0);
    await page.getByRole("region", { name: "Local files" }).getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Columns" }).hover();
    await page.getByRole("menuitemcheckbox", { name: "Permissions" }).click();
    await expect(header("Permissions")).toBeVisible();
  });

  test("the keys are listed, and one Escape leads back to the list", async ({ page }) => {
    const { local } = window;
    await local.row("image.png").click();
    await page.keyboard.press("F1");
    const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(dialog).toContainText("Transfer to the other sideF6");
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(local.grid).toBeFocused();
    await page.keyboard.press("Control+Shift+O");
    await expect(page.getByRole("combobox", { name: "Host" })).toBeFocused();
  });

  test("a row dragged after a long scroll is the one under the hand", async ({ page }) => {
    const { local, remote } = window;
    const many = join(portside.home, "many");
    await mkdir(many);
    for (let index = 0; index < 300; index++) await writeFile(join(many, `page ${index}.txt`), String(index));
    await local.goTo(many);
    await local.expectRow("page 0.txt");
    await local.grid.evaluate((list) => list.scrollTo({ top: list.scrollHeight / 2 }));
    await local.grid.evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
    await dragTo(page, local.row("page 297.txt"), remote.row("uploads"));
    await remote.open("uploads");
    await remote.expectRow("page 297.txt");
    expect(await window.dock.count("Failed")).toBe(0);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing to mend (${colorScheme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await window.local.row("image.png").click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" | ")}`)).toEqual([]);
    });
  }
});

async function names(pane: PaneView): Promise<string[]> {
  const headers = await pane.grid.getByRole("rowheader").allTextContents();
  return headers.map((text) => text.trim());
}

async function selected(pane: PaneView): Promise<string[]> {
  const headers = await pane.grid.locator("[role=row][aria-selected=true]").getByRole("rowheader").allTextContents();
  return headers.map((text) => text.trim());
}

/** A drag that has not been let go yet. */
async function holdOver(page: Page, from: PaneView, source: string, to: PaneView, target: string): Promise<void> {
  const [start, end] = [await from.row(source).boundingBox(), await to.row(target).boundingBox()];
  if (!start || !end) throw new Error(`${source} or ${target} is not on screen.`);
  await page.mouse.move(start.x + 60, start.y + 12);
  await page.mouse.down();
  await page.mouse.move(start.x + 68, start.y + 16, { steps: 4 });
  await page.mouse.move(end.x + 60, end.y + 12, { steps: 10 });
  await page.mouse.move(end.x + 62, end.y + 13, { steps: 2 });
}
