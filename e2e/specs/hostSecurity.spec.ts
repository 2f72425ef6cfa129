import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { collectPageErrors, makeScratch, type Portside, startPortside } from "../support/portside.ts";

// What a real browser lets a page do to the browser host, and what the host answers.
let scratch: { folder: string; remove: () => Promise<void> };
let portside: Portside;

test.beforeEach(async () => {
  scratch = await makeScratch("security");
  portside = await startPortside({ folder: scratch.folder });
});
test.afterEach(async () => {
  await portside.stop();
  await scratch.remove();
});

const localFiles = { name: "Local files" };

test("the address opens the window once, and its token leaves the address bar", async ({ page, browser }) => {
  const pageErrors = collectPageErrors(page);
  await page.goto(portside.url);
  await expect(page.getByRole("grid", localFiles)).toBeVisible();
  expect(page.url()).toBe(`http://127.0.0.1:${portside.port}/`);
  expect(await page.evaluate(() => document.cookie)).toBe(""); // HttpOnly
  expect(
    await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name)),
  ).not.toContainEqual(expect.stringContaining("token"));

  const other = await browser.newContext();
  try {
    const second = await other.newPage();
    expect((await second.goto(portside.url))?.status()).toBe(403);
    await expect(second.getByRole("heading", { name: "Portside is running, but not for this window" })).toBeVisible();
    await expect(second.getByText("press Enter there")).toBeVisible();
  } finally {
    await other.close();
  }

  await page.goto(portside.url); // the bookmark of the browser that was let in
  await expect(page.getByRole("grid", localFiles)).toBeVisible();
  expect(pageErrors, "no script error and no violation of the security policy").toEqual([]);
});

test("after the host was killed and started again on its port, a reload goes on", async ({ page }) => {
  await page.goto(portside.url);
  await expect(page.getByRole("grid", localFiles)).toBeVisible();
  await portside.kill();
  portside = await startPortside({ folder: scratch.folder, port: portside.port });
  await page.reload();
  await expect(page.getByRole("grid", localFiles)).toBeVisible();
});

test("another page on this machine gets nothing, although the browser sends it our cookie", async ({ page }) => {
  await page.goto(portside.url); // the cookie is in the jar, and cookies ignore ports
  const foreign = await serveForeignPage();
  try {
    const elsewhere = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
    await page.goto(elsewhere);
    const attempts = await page.evaluate(async (port) => {
      const host = `http://127.0.0.1:${port}`;
      const socket = new Promise<string>((settle) => {
        const dialled = new WebSocket(`ws://127.0.0.1:${port}/api`);
        dialled.onopen = () => settle("open");
        dialled.onerror = () => settle("refused");
      });
      const read = fetch(host, { credentials: "include" }).then(
        () => "read",
        () => "refused",
      );
      const script = new Promise<string>((settle) => {
        const element = document.createElement("script");
        element.src = `${host}/`;
        element.onload = () => settle("loaded");
        element.onerror = () => settle("refused");
        document.head.append(element);
      });
      return { socket: await socket, read: await read, script: await script };
    }, portside.port);
    expect(attempts).toEqual({ socket: "refused", read: "refused", script: "refused" });

    await page.setContent(`<iframe src="http://127.0.0.1:${portside.port}/"></iframe>`);
    const [frame] = page.mainFrame().childFrames();
    await expect.poll(() => frame?.url()).toMatch(/^chrome-error:/); // frame-ancestors 'none'

    const dropped = page.waitForResponse(/\/drop/);
    await page.setContent(
      `<form method="post" action="http://127.0.0.1:${portside.port}/drop?drop=1&path=planted.txt"></form>`,
    );
    await page.locator("form").evaluate((form: HTMLFormElement) => form.submit());
    expect((await dropped).status()).toBe(403);
    expect(await (await dropped).request().headerValue("cookie")).toContain(`portside-${portside.port}=`);
  } finally {
    foreign.close();
  }
});

test("a name that someone points to 127.0.0.1 is not ours", async ({ browser }) => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // *.localhost is 127.0.0.1 by RFC 6761 §6.3, as a rebinding name server would have it.
    const answer = await page.goto(portside.url.replace("127.0.0.1", "rebound.localhost"));
    expect(answer?.status()).toBe(421);
    expect(await context.cookies()).toEqual([]);
  } finally {
    await context.close();
  }
});

const host = resolve(import.meta.dirname, "../../dist/electron/browser-host.js");
const run = promisify(execFile);

test("two hosts never share a data folder", async () => {
  const second = run(process.execPath, [host, "--no-open", "--data-dir", portside.dataDir]);
  await expect(second).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Another Portside already uses"),
  });
});

test("--help says what there is, and a misspelt option what is wrong", async () => {
  const { stdout } = await run(process.execPath, [host, "--help"]);
  for (const option of ["--port", "--data-dir", "--no-open", "--demo", "--help"]) expect(stdout).toContain(option);
  await expect(run(process.execPath, [host, "--demmo"])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--demmo"),
  });
});

async function serveForeignPage(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>elsewhere</title>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
