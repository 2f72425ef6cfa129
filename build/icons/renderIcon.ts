// Draws icon.svg as the PNG that installers are made from: node build/icons/renderIcon.ts
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const size = 512; // electron-builder makes .ico and .icns of it, and every smaller size
const svg = await readFile(join(import.meta.dirname, "icon.svg"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
  await page.screenshot({ path: join(import.meta.dirname, "icon.png"), omitBackground: true });
} finally {
  await browser.close();
}
