import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bundle } from "../bundle.ts";
import configuration from "../electron-builder.config.mjs";
import { downloadElectron, findElectron } from "../start/electronBinary.ts";
import { validateConfiguration } from "./validateConfiguration.ts";

const root = resolve(import.meta.dirname, "../..");

await rm(join(root, "dist"), { recursive: true, force: true }); // nothing of an earlier build goes into an installer
await bundle();
await validateConfiguration(configuration);
const obstacle = await findObstacle();
if (obstacle === null) process.exitCode = await runBuilder(process.argv.slice(2));
else
  console.log(`Built dist/ and checked the packaging configuration. No installers: Electron is missing (${obstacle}).`);

async function findObstacle(): Promise<string | null> {
  if (findElectron() !== null) return null;
  try {
    await downloadElectron(() => {});
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `npm run dist -- --linux deb` and the like: electron-builder's own arguments pass through. */
function runBuilder(args: readonly string[]): Promise<number> {
  return new Promise((settle) => {
    const command = ["--config", "build/electron-builder.config.mjs", ...args];
    const child = spawn("electron-builder", command, {
      cwd: root,
      stdio: "inherit",
      shell: process.platform === "win32",
    });
    child.on("error", (error) => console.error(error.message));
    child.on("close", (code) => settle(code ?? 1));
  });
}
