import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { build } from "vite";

export type Stage = {
  readonly browser: Browser;
  /** A page with the window in it. `scene`: see createStageEngine. */
  readonly open: (look: StageLook) => Promise<Page>;
  readonly close: () => Promise<void>;
};

export type StageLook = {
  readonly scene?: readonly string[];
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  readonly locale?: "en" | "zh-CN";
};

const root = resolve(import.meta.dirname, "../..");
// The same rules as the product's, so that what they forbid shows here first.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";
const typeOf: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Builds the window and shows it in Chromium over an engine in memory. Console errors are printed. */
export async function openStage(): Promise<Stage> {
  const folder = join(root, ".cache/stage");
  await build({
    configFile: join(root, "renderer/vite.config.ts"),
    logLevel: "warn",
    build: { outDir: join(folder, "window") },
  });
  await build({
    configFile: false,
    logLevel: "warn",
    build: {
      outDir: join(folder, "engine"),
      minify: false,
      lib: {
        entry: join(import.meta.dirname, "stage.ts"),
        formats: ["iife"],
        name: "stage",
        fileName: () => "stage.js",
      },
    },
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://stage");
    const file = join(folder, "window", pathname === "/" ? "index.html" : pathname);
    readFile(file).then(
      (bytes) =>
        response
          .writeHead(200, { "content-type": typeOf[extname(file)] ?? "", "content-security-policy": policy })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  return {
    browser,
    open: async ({ scene = [], width = 1280, height = 800, theme = "light", locale = "en" }) => {
      // A context of its own, as axe demands; whoever opened the page closes its context.
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale });
      const page = await context.newPage();
      page.on("console", (message) => message.type() === "error" && console.error(`console: ${message.text()}`));
      page.on("pageerror", (error) => console.error(`page error: ${error.stack}`));
      await page.addInitScript({ path: join(folder, "engine/stage.js") });
      await page.goto(`http://127.0.0.1:${port}/?scene=${scene.join(",")}`);
      await page.locator(".app").waitFor();
      return page;
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
