import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";

// The window as it runs on the desktop, without Electron: the built preload, its handshake and a MessagePort, in a real Chromium.
// Electron's three words that the preload uses are stood in for, and the port's far end is joined to the browser host's engine.
let scratch: { folder: string; remove: () => Promise<void> };
let portside: Portside;

test.beforeEach(async () => {
  scratch = await makeScratch("preload");
  portside = await startPortside({ folder: scratch.folder });
});
test.afterEach(async () => {
  await portside.stop();
  await scratch.remove();
});

test("asks for a port, works through it, and asks again after a reload", async ({ page }) => {
  const pageErrors = collectPageErrors(page);
  await loadPreload(page);
  await page.goto(portside.url);
  await expect(page.getByRole("grid", { name: "Local files" })).toBeVisible();
  expect(await countPorts(page)).toBe(1);
  await page.reload();
  await expect(page.getByRole("grid", { name: "Local files" })).toBeVisible();
  expect(await countPorts(page)).toBe(1);
  expect(pageErrors).toEqual([]);
});

test("asks for a new port when the engine's end closes", async ({ page }) => {
  await loadPreload(page);
  await page.goto(portside.url);
  await expect(page.getByRole("grid", { name: "Local files" })).toBeVisible();
  await page.evaluate(() => Reflect.get(window, "closeLastPort")());
  await expect.poll(() => countPorts(page)).toBe(2);
});

test("gives no port to a page that pretends to be another window", async ({ page }) => {
  await loadPreload(page);
  await page.goto(portside.url);
  await expect.poll(() => countPorts(page)).toBe(1);
  await page.evaluate(() =>
    window.dispatchEvent(new MessageEvent("message", { data: { type: "portside:ready" }, source: null })),
  );
  expect(await countPorts(page)).toBe(1);
});

test("names the path of a dropped file", async ({ page }) => {
  await loadPreload(page);
  await page.goto(portside.url);
  await expect.poll(() => countPorts(page)).toBe(1);
  const path = await page.evaluate(() => Reflect.get(window, "portside").pathForFile(new File([""], "a.txt")));
  expect(path).toBe("/dropped/a.txt");
});

function countPorts(page: Page): Promise<number> {
  return page.evaluate(() => Reflect.get(window, "givenPorts"));
}

async function loadPreload(page: Page): Promise<void> {
  const preload = await readFile(resolve(import.meta.dirname, "../../dist/electron/preload.cjs"), "utf8");
  await page.addInitScript(`(() => {
    const listeners = new Map();
    const electronRenderer = {
      contextBridge: { exposeInMainWorld: (name, api) => { window[name] = api; } },
      webUtils: { getPathForFile: (file) => "/dropped/" + file.name },
      ipcRenderer: {
        on: (channel, listener) => listeners.set(channel, listener),
        send: (channel) => { if (channel === "portside:ready") givePort(); },
      },
    };
    window.givenPorts = 0;
    function givePort() {
      window.givenPorts++;
      const { port1, port2 } = new MessageChannel();
      const socket = new WebSocket("ws://" + location.host + "/api");
      window.closeLastPort = () => { port1.postMessage("portside:close"); port1.close(); };
      socket.onmessage = ({ data }) => port1.postMessage(JSON.parse(data));
      socket.onopen = () => {
        port1.onmessage = ({ data }) => socket.send(JSON.stringify(data));
        listeners.get("portside:port")({ ports: [port2] });
      };
    }
    const require = (name) => { if (name === "electron/renderer") return electronRenderer; throw new Error("no " + name); };
    ${preload}
  })();`);
}
