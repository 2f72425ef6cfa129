import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { bundle } from "../bundle.ts";
import { chooseHost, type Fallback, type Wish, yieldTo } from "./chooseHost.ts";
import { downloadElectron, electronVersion, findElectron, recallMiss } from "./electronBinary.ts";

const root = resolve(import.meta.dirname, "../..");

const usage = `npm start -- [options]          builds Portside and opens it
npm run desktop -- [options]    only as a desktop window
npm run browser -- [options]    only as a browser host: prints an address, opens it where there is a display

Options
  --desktop         Open the desktop window, or say why it cannot be
  --browser         Start the browser host
  --port NUMBER     Browser host: listen on 127.0.0.1:NUMBER (default: the last one used, else any free one)
  --data-dir PATH   Keep sites, queue and settings there
  --no-open         Browser host: do not open a browser, only print the address
  --demo            Offer the demo server at once
  --help            Show this text
`;

const ours = {
  desktop: { type: "boolean" },
  browser: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
const { values } = parseArgs({ args: process.argv.slice(2), options: ours, strict: false });
const passedOn = process.argv.slice(2).filter((arg) => arg !== "--desktop" && arg !== "--browser");

if (values.help) {
  process.stdout.write(usage);
} else {
  await bundle();
  await start(values.browser ? "browser" : values.desktop ? "desktop" : null);
}

async function start(wish: Wish): Promise<void> {
  const choice = chooseHost(wish, {
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    waivesSandbox: passedOn.includes("--no-sandbox"),
  });
  if (choice.host !== "desktop") return settleFor(choice);
  const program = await obtainElectron(wish).catch((error: Error) => yieldTo(wish, error.message));
  if (typeof program === "string") startDesktop(program);
  else await settleFor(program);
}

async function settleFor(choice: Fallback): Promise<void> {
  if (choice.host === "none") {
    console.error(`Portside cannot open its desktop window: ${choice.because}. "npm run browser" works without.`);
    process.exitCode = 1;
    return;
  }
  if (choice.insteadBecause)
    console.log(`Starting the browser host instead of the desktop window: ${choice.insteadBecause}.`);
  // In this very process: signals and the terminal reach the host as if it had been started by hand.
  const host = resolve(root, "dist/electron/browser-host.js");
  process.argv = [process.execPath, host, ...passedOn.filter((arg) => arg !== "--no-sandbox")];
  await import(pathToFileURL(host).href);
}

async function obtainElectron(wish: Wish): Promise<string> {
  const found = findElectron();
  if (found !== null) return found;
  const missed = wish === "desktop" ? null : recallMiss(Date.now());
  if (missed !== null)
    throw new Error(`Electron could not be downloaded today (${missed}); "npm run desktop" tries again`);
  console.log(`Downloading Electron ${electronVersion()}, once …`);
  try {
    return await downloadElectron(createProgressLine());
  } catch (error) {
    throw new Error(`Electron could not be downloaded (${error instanceof Error ? error.message : error})`, {
      cause: error,
    });
  }
}

function startDesktop(program: string): void {
  // With this set, Electron would be a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(program, [root, ...passedOn], { stdio: "inherit", env });
  // A terminal sends Ctrl+C to the child as well; anything else has to be passed on.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`Electron does not start: ${error.message}.`);
    process.exitCode = 1;
  });
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

/** One line that counts up on a terminal; a line for each quarter elsewhere. */
function createProgressLine(): (part: number) => void {
  let shown = -1;
  const step = process.stdout.isTTY ? 1 : 25;
  return (part) => {
    const percent = Math.floor((part * 100) / step) * step;
    if (percent === shown) return;
    shown = percent;
    if (process.stdout.isTTY) process.stdout.write(`\r  ${percent} %${percent === 100 ? "\n" : ""}`);
    else console.log(`  ${percent} %`);
  };
}
