// Pictures of the window to look at: node e2e/stage/shoot.ts [name part]. They land in .cache/shots.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { openStage, type StageLook } from "./openStage.ts";

type Shot = { readonly name: string; readonly look: StageLook; readonly prepare?: (page: Page) => Promise<void> };

const folder = resolve(import.meta.dirname, "../../.cache/shots");
const large = { width: 1920, height: 1080 };

const connect = async (page: Page): Promise<void> => {
  const host = page.getByRole("combobox").or(page.getByRole("textbox")).and(page.locator("[name=host]"));
  await host.fill("ftp.harbour.example");
  await host.press("Enter");
  await page.locator("[aria-label='Remote files'], [aria-label='远程文件']").waitFor();
  await page.waitForTimeout(400);
};

const shots: readonly Shot[] = [
  { name: "first start, light", look: { scene: ["empty"] } },
  { name: "first start, dark, zh", look: { scene: ["empty"], theme: "dark", locale: "zh-CN" } },
  { name: "connected, light", look: {}, prepare: connect },
  { name: "connected, dark", look: { theme: "dark" }, prepare: connect },
  { name: "connected, zh", look: { locale: "zh-CN" }, prepare: connect },
  { name: "busy, light, large", look: { scene: ["busy"], ...large }, prepare: connect },
  {
    name: "busy, dark, large, zh",
    look: { scene: ["busy"], theme: "dark", locale: "zh-CN", ...large },
    prepare: connect,
  },
  { name: "busy, light", look: { scene: ["busy"] }, prepare: connect },
  { name: "conflict, light", look: { scene: ["busy", "conflict"] }, prepare: connect },
  { name: "certificate, light", look: { scene: ["certificate"] } },
  { name: "certificate changed, dark", look: { scene: ["changed"], theme: "dark" } },
  { name: "password, light", look: { scene: ["password"] } },
];

const wanted = process.argv[2] ?? "";
await mkdir(folder, { recursive: true });
const stage = await openStage();
for (const { name, look, prepare } of shots.filter((shot) => shot.name.includes(wanted))) {
  const page = await stage.open(look);
  try {
    await page.waitForTimeout(300);
    await prepare?.(page);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
  }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
await stage.close();
