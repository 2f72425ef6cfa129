import { expect, type Page, test } from "@playwright/test";
import { raiseStage } from "../support/raiseStage.ts";

// The dock, the prompts and the site manager over the engine in memory: what is proved here needs no server.
const { withScene } = raiseStage();

const grid = (page: Page) => page.getByRole("grid", { name: "Queue", exact: true });
const rows = (page: Page) => grid(page).locator("[data-index]");
const chosen = (page: Page) => grid(page).locator("[aria-selected=true]");

test.describe("the queue", () => {
  test("a million rows: the window asks for what is seen, and the last row is one key away", async () => {
    await withScene(["million"], async (page) => {
      await expect(page.getByRole("tab", { name: /^Queued/ })).toContainText("1,000,000");
      await expect(rows(page).first()).toContainText("scan 1.tif");
      await grid(page).focus();
      await page.keyboard.press("End");
      await expect(grid(page)).toContainText("scan 1000000.tif");
      await page.keyboard.press("Home");
      await expect(grid(page)).toContainText("scan 1.tif");
      expect(await rows(page).count(), "rows in the page").toBeLessThan(60);
    });
  });

  test("Shift over ten thousand rows that are not loaded chooses them all, Ctrl+A a million", async () => {
    await withScene(["million"], async (page) => {
      await rows(page).first().click();
      const scroller = grid(page).locator(".queue-scroller");
      await scroller.evaluate((box) => {
        box.scrollTop = box.scrollHeight / 100;
      });
      const far = rows(page).filter({ hasText: "scan 10001.tif" });
      await expect(far).toBeVisible();
      await far.click({ modifiers: ["Shift"] });
      await page.keyboard.press("Delete");
      const question = page.getByRole("alertdialog");
      await expect(question).toContainText("Remove 10,001 transfers");
      await page.keyboard.press("Escape");
      await expect(question).toBeHidden();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await expect(question).toContainText("Remove 1,000,000 transfers");
    });
  });

  test("rows are chosen by mouse and keyboard, and the context menu acts on them", async () => {
    await withScene(["busy"], async (page) => {
      await page.getByRole("button", { name: "Pause queue" }).click(); // the stage stands still
      const waiting = rows(page).filter({ hasText: "Waits for the queue to start" });
      await waiting.first().click();
      await expect(chosen(page)).toHaveCount(1);
      await page.keyboard.press("Shift+ArrowDown");
      await expect(chosen(page)).toHaveCount(2);
      await page.keyboard.press("Shift+F10");
      await page.getByRole("menuitem", { name: "Pause", exact: true }).click();
      await expect(chosen(page).filter({ hasText: "Paused" })).toHaveCount(2);
      await expect(page.getByRole("menu")).toHaveCount(0); // while it closes, Escape is the menu's
      await page.keyboard.press("Escape");
      await expect(chosen(page)).toHaveCount(0);
    });
  });

  test("is searched and sorted by keyboard, and all that was found is removed at once", async () => {
    await withScene(["busy"], async (page) => {
      await page.getByRole("button", { name: "Pause queue" }).click();
      await grid(page).focus();
      await page.keyboard.press("Control+f");
      const field = page.getByRole("searchbox", { name: "Search the transfers" });
      await expect(field).toBeFocused();
      await page.keyboard.type("DAWN 14");
      await expect(rows(page).first()).toContainText("dawn 14");
      await expect(page.getByText(/^[\d,]+ transfers found$/)).toBeAttached();
      await page.keyboard.press("ArrowDown");
      await expect(grid(page)).toBeFocused();

      await page.keyboard.press("Shift+F10");
      await page.getByRole("menuitem", { name: "Sort by" }).press("ArrowRight");
      await page.getByRole("menuitemradio", { name: "Size" }).press("Enter");
      await expect(grid(page).getByRole("columnheader", { name: "Size" })).toHaveAttribute("aria-sort", "ascending");

      await grid(page).focus();
      const found = Number(await grid(page).getAttribute("aria-rowcount")) - 1;
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await expect(page.getByRole("alertdialog")).toContainText(`Remove ${found} transfers`);
      await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
      await expect(grid(page)).toContainText("Nothing here holds “DAWN 14”");
      await page.getByRole("button", { name: "Clear the search" }).click();
      await expect(rows(page).first()).toContainText("harbour at dawn");
      await expect(field).toHaveValue("");
    });
  });

  test("pausing the queue stops the lanes, and the summary says so", async () => {
    await withScene(["busy"], async (page) => {
      await page.getByRole("button", { name: "Pause queue" }).click();
      await expect(page.getByRole("button", { name: "Start queue" })).toBeVisible();
      await expect(page.getByTestId("queue-summary")).toContainText("Queue paused");
      const lane = grid(page).getByRole("progressbar").first();
      const before = await lane.getAttribute("aria-valuenow");
      await page.waitForTimeout(500);
      expect(await lane.getAttribute("aria-valuenow")).toBe(before);
    });
  });

  test("progress of eight lanes draws neither the rows that wait nor the grid", async () => {
    await withScene(["lanes"], async (page) => {
      await expect(grid(page).getByRole("progressbar")).toHaveCount(8);
      const figures = () => grid(page).locator("[data-lane]").allTextContents();
      const before = await figures();
      const drawn = await grid(page).evaluateHandle((table) => {
        const touched = new Set<string>();
        const observer = new MutationObserver((changes) => {
          for (const { target } of changes) {
            const element = target instanceof Element ? target : target.parentElement;
            const row = element?.closest("[data-index]");
            touched.add(row?.getAttribute("data-state") ?? (element === table ? "grid" : "elsewhere"));
          }
        });
        observer.observe(table, { subtree: true, childList: true, characterData: true, attributes: true });
        return touched;
      });
      await expect.poll(async () => (await figures()).some((text, lane) => text !== before[lane])).toBe(true);
      const states = await drawn.evaluate((touched) => [...touched]);
      expect(states.filter((state) => state !== "backoff")).toEqual(["running"]); // "backoff" counts its seconds
    });
  });

  test("a failed transfer says why, what to do, and what the server said", async () => {
    await withScene(["busy"], async (page) => {
      await page.getByRole("tab", { name: /^Failed/ }).click();
      const failed = page.getByRole("grid", { name: "Failed transfers" }).locator("[data-index]");
      await expect(failed.nth(1)).toContainText("The server is full");
      await expect(failed.nth(1)).toContainText("Free some space there");
      await failed.nth(1).hover();
      await failed.nth(1).getByRole("button", { name: "Show server’s answer" }).click();
      const dialog = page.getByRole("dialog");
      await expect(dialog).toContainText("452 Insufficient storage space.");
      await dialog.getByRole("button", { name: "Retry" }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByRole("tab", { name: /^Failed/ })).toContainText("11");
    });
  });

  test("the server’s answer is shown in the log, at its line", async () => {
    await withScene(["busy"], async (page) => {
      await page.getByRole("tab", { name: /^Failed/ }).click();
      const failed = page.getByRole("grid", { name: "Failed transfers" }).locator("[data-index]");
      await failed.first().dblclick(); // 553, which the stage's log holds
      await page.getByRole("dialog").getByRole("button", { name: "Show in log" }).click();
      await expect(page.getByRole("tab", { name: "Log" })).toHaveAttribute("aria-selected", "true");
      await expect(page.locator(".log-line[data-wanted]")).toContainText("553 Could not create file.");
    });
  });

  test("a full server leads to the folder where space can be freed", async () => {
    await withScene(["busy"], async (page) => {
      await page.getByRole("tab", { name: /^Failed/ }).click();
      const full = page.getByRole("row").filter({ hasText: "The server is full" }).first();
      await full.getByRole("button", { name: "Free space…" }).click();
      await expect(page.getByRole("grid", { name: "Remote files" })).toBeVisible();
      await expect(page.getByRole("grid", { name: "Remote files" })).toContainText("harbour");
    });
  });

  test("a drop is one line with its figures; opened, it gives each reason and acts on the whole drop", async () => {
    await withScene(["busy"], async (page) => {
      await page.getByRole("button", { name: "Pause queue" }).click();
      await page.getByRole("tab", { name: "Drops" }).click();
      const drops = page.getByRole("list", { name: "Drops" }).locator("> li");
      const drop = drops.filter({ hasText: "of 560 files" });
      await expect(drop).toContainText("2 failed");
      await drop.getByRole("button", { expanded: false }).press("Enter");
      await expect(drop.getByRole("listitem").filter({ hasText: "The server is full" })).toContainText(
        "Free some space",
      );
      await drop.getByRole("button", { name: "Cancel the rest" }).click();
      await expect(drop).toContainText(/2 failed · \d+ cancelled/);
      await drop.getByRole("button", { name: "Remove from list" }).click();
      await expect(drop).toHaveCount(0);
    });
  });

  test("the graph says its figures to the pointer, the keys and the ear", async () => {
    await withScene(["lanes"], async (page) => {
      const graph = page.getByRole("slider", { name: "Speed of the last five minutes" });
      await expect(graph).toHaveAttribute("aria-valuetext", /^Now: ↑ .*MiB\/s, ↓ .*MiB\/s$/);
      await graph.focus();
      await page.waitForFunction(() => document.querySelector(".speed-line")?.getAttribute("d")?.includes("L"));
      await page.keyboard.press("ArrowLeft");
      await expect(graph).toHaveAttribute("aria-valuetext", /^1 sec ago: ↑ .*, ↓ /);
      await page.keyboard.press("Home");
      await expect(graph).toHaveAttribute("aria-valuetext", "Nothing moved yet");
      await graph.hover({ position: { x: 195, y: 40 } });
      await expect(graph.locator(".speed-graph-peak")).toContainText(" ago: ");
    });
  });

  test("title and icon tell how far the queue is, and go back when it stands still", async () => {
    await withScene(["lanes"], async (page) => {
      await expect(page).toHaveTitle(/^\d+% · .*MiB\/s – Portside$/);
      expect(await page.locator("link[rel=icon]").getAttribute("href")).toContain("stroke-dasharray");
      await grid(page).focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Shift+F10");
      await page.getByRole("menuitem", { name: "Pause", exact: true }).click();
      await expect(page).toHaveTitle("Portside");
    });
  });

  test("folded, one line and the tabs stay; a press on a tab unfolds it there", async () => {
    await withScene(["busy"], async (page) => {
      await page.getByRole("button", { name: "Fold the dock" }).click();
      await expect(grid(page)).toBeHidden();
      await expect(page.getByTestId("queue-summary")).toContainText("8 running");
      await page.getByRole("tab", { name: "Log" }).click();
      await expect(page.getByRole("log")).toContainText("230 Login successful.");
    });
  });
});

test.describe("questions", () => {
  test("a conflict takes no focus from the list; Escape and Enter overwrite nothing", async () => {
    await withScene(["busy", "conflict"], async (page) => {
      const card = page.getByRole("dialog", { name: "File exists" });
      await expect(card).toContainText("2 more conflicts");
      await expect(card.getByRole("radio", { name: "Skip", exact: true })).toBeChecked();
      await expect(card.getByRole("radio", { name: "Resume", exact: true })).toBeDisabled();
      await card.press("Escape");
      await expect(card).toBeVisible();
      await card.getByRole("radio", { name: "Rename", exact: true }).click();
      await expect(card.getByRole("textbox", { name: "New name" })).toHaveValue("index (2).html");
      await card.getByRole("textbox", { name: "New name" }).fill("../up");
      await expect(card.getByRole("button", { name: "Apply" })).toBeDisabled();
      await card.getByRole("radio", { name: "Overwrite", exact: true }).click();
      await card.getByRole("button", { name: "Apply" }).click();
      await expect(card).toContainText("1 more conflict");
      await expect(card.getByRole("radio", { name: "Overwrite", exact: true }), "the choice stays").toBeChecked();
    });
  });

  test("a changed certificate is told from an unknown one, and Reject has the focus", async () => {
    await withScene(["changed"], async (page) => {
      const card = page.getByRole("alertdialog", { name: "Certificate changed" });
      await expect(card.getByRole("button", { name: "Reject" })).toBeFocused();
      await expect(card.getByRole("columnheader", { name: "Trusted before" })).toBeVisible();
      await card.getByRole("button", { name: "Reject" }).press("Enter");
      await expect(card).toBeHidden();
    });
    await withScene(["certificate"], async (page) => {
      const card = page.getByRole("alertdialog", { name: "Unknown certificate" });
      await page.keyboard.press("Enter");
      await expect(card, "a stray Enter trusts nobody").toBeVisible();
      await card.getByRole("button", { name: "Trust once" }).click();
      await expect(card).toBeHidden();
    });
  });

  test("a lost encryption is told, and not to connect is the answer at hand", async () => {
    await withScene(["downgrade"], async (page) => {
      const card = page.getByRole("alertdialog", { name: "No encryption" });
      await expect(card).toContainText("ftp.harbour.example encrypted the connection before");
      await expect(card.getByRole("button", { name: "Do not connect" })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(card).toBeHidden();
    });
  });

  test("a password is asked for with its field at hand", async () => {
    await withScene(["password"], async (page) => {
      const card = page.getByRole("dialog", { name: "Password" });
      await expect(card.getByLabel("Password", { exact: true })).toBeFocused();
      await page.keyboard.type("secret");
      await page.keyboard.press("Enter");
      await expect(card).toBeHidden();
    });
  });
});

test.describe("the site manager", () => {
  const openManager = async (page: Page) => {
    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("dialog", { name: "Site manager" });
    await expect(dialog).toBeVisible();
    return dialog;
  };
  const outline = (page: Page) => page.getByRole("tree", { name: "Sites" }).getByRole("treeitem").allTextContents();

  test("a new site is checked field by field, saved, and stands in the tree", async () => {
    await withScene([], async (page) => {
      const dialog = await openManager(page);
      await dialog.getByRole("button", { name: "New site" }).click();
      await dialog.getByRole("textbox", { name: "Name" }).fill("Lighthouse");
      await dialog.getByRole("textbox", { name: "Port" }).fill("99999");
      await dialog.getByRole("button", { name: "Save" }).click();
      await expect(dialog.getByRole("textbox", { name: "Host" })).toBeFocused();
      await expect(dialog).toContainText("A port is a number from 1 to 65535.");
      await dialog.getByRole("textbox", { name: "Host" }).fill("ftp.light.example");
      await dialog.getByRole("textbox", { name: "Port" }).fill("2121");
      await dialog.getByRole("button", { name: "Save" }).click();
      await expect(dialog.getByRole("treeitem", { name: "Lighthouse" })).toHaveAttribute("aria-selected", "true");
    });
  });

  test("a site keeps how its connections are made and protected", async () => {
    await withScene([], async (page) => {
      const dialog = await openManager(page);
      await dialog.getByRole("treeitem", { name: "Print shop" }).click();
      await dialog.getByRole("combobox", { name: "Encryption" }).click();
      await page.getByRole("option", { name: "Require explicit FTP over TLS" }).click();
      await dialog.getByRole("tab", { name: "Transfer settings" }).click();
      await dialog.getByRole("combobox", { name: "Transfer mode" }).click();
      await page.getByRole("option", { name: "Active: the server connects to Portside" }).click();
      await dialog.getByRole("tab", { name: "Advanced" }).click();
      await dialog.getByRole("textbox", { name: "Server time zone" }).fill("-3:30");
      await dialog.getByRole("combobox", { name: "Oldest TLS version" }).click();
      await page.getByRole("option", { name: "TLS 1.3" }).click();
      await dialog.getByRole("textbox", { name: "Client certificate", exact: true }).fill("/home/mira/mira.pem");
      await dialog.getByRole("button", { name: "Save" }).click();
      await dialog.getByRole("treeitem", { name: "Studio Nord" }).click();
      await expect(dialog.getByRole("textbox", { name: "Server time zone" })).toHaveValue("");
      await dialog.getByRole("tab", { name: "Transfer settings" }).click();
      await expect(dialog.getByRole("combobox", { name: "Transfer mode" })).toContainText("Automatic");
      await dialog.getByRole("treeitem", { name: "Print shop" }).click();
      await expect(dialog.getByRole("combobox", { name: "Transfer mode" })).toContainText("Active");
      await dialog.getByRole("tab", { name: "Advanced" }).click();
      await expect(dialog.getByRole("textbox", { name: "Server time zone" })).toHaveValue("-3:30");
      await expect(dialog.getByRole("combobox", { name: "Oldest TLS version" })).toContainText("TLS 1.3");
      await expect(dialog.getByRole("textbox", { name: "Client certificate", exact: true })).toHaveValue(
        "/home/mira/mira.pem",
      );
    });
  });

  test("unsaved changes are not lost without a question", async () => {
    await withScene([], async (page) => {
      const dialog = await openManager(page);
      await dialog.getByRole("treeitem", { name: "Print shop" }).click();
      await dialog.getByRole("textbox", { name: "Comments" }).fill("ask for Ole");
      await dialog.getByRole("treeitem", { name: "Studio Nord" }).click();
      const question = page.getByRole("alertdialog");
      await expect(question).toContainText("Print shop");
      await question.getByRole("button", { name: "Cancel" }).click();
      await expect(dialog.getByRole("textbox", { name: "Comments" })).toHaveValue("ask for Ole");
      await page.keyboard.press("Control+s");
      await dialog.getByRole("treeitem", { name: "Studio Nord" }).click();
      await expect(dialog.getByRole("textbox", { name: "Host" })).toHaveValue("files.studio-nord.example");
    });
  });

  test("sites are moved by keyboard and by drag, searched, and deleted after a question", async () => {
    await withScene([], async (page) => {
      const dialog = await openManager(page);
      const before = await outline(page);
      await dialog.getByRole("treeitem", { name: "公司网站" }).click();
      await page.keyboard.press("Alt+ArrowUp");
      await expect.poll(() => outline(page)).toEqual([...before.slice(0, 3), before[4], before[3]]);
      await dialog
        .getByRole("treeitem", { name: "Print shop" })
        .dragTo(dialog.getByRole("treeitem", { name: "Clients" }));
      await expect(dialog.getByRole("treeitem", { name: "Print shop" })).toHaveAttribute("aria-level", "2");

      await dialog.getByRole("searchbox", { name: "Search sites" }).fill("nord");
      await expect.poll(() => outline(page)).toEqual(["Clients", "Studio Nord"]);
      await dialog.getByRole("searchbox", { name: "Search sites" }).fill("");
      await dialog.getByRole("treeitem", { name: "Studio Nord" }).click();
      await page.keyboard.press("Delete");
      const question = page.getByRole("alertdialog");
      await expect(question).toContainText("Delete “Studio Nord”?");
      await question.getByRole("button", { name: "Delete" }).click();
      await expect(dialog.getByRole("treeitem", { name: "Studio Nord" })).toHaveCount(0);
    });
  });
});
