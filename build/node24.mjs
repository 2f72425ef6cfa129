// Makes sure a script runs on Node 24, whatever Node started it. Plain JavaScript on purpose: Node 20 must be able to read it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The first Node with what Portside needs: node:sqlite without a flag, and TypeScript sources. */
const neededMajor = 24;

export const root = resolve(fileURLToPath(new URL("..", import.meta.url)));

/**
 * Resolves at once on Node 24 or newer. On an older Node it runs the same script again on the Node that came with `npm ci`, passes
 * signals on, and ends with its exit code: what stands after `await runOnNode24()` never runs twice.
 */
export async function runOnNode24() {
  const bin = join(root, "node_modules", ".bin");
  if (!process.env.PATH?.split(delimiter).includes(bin)) {
    process.env.PATH = [bin, process.env.PATH ?? ""].join(delimiter); // tools by name, as under `npm run`
  }
  if (Number.parseInt(process.versions.node, 10) >= neededMajor) return;
  const node = findPinnedNode();
  if (node === null) giveUp(`this is Node ${process.versions.node}, and no Node ${neededMajor} came with "npm ci"`);
  process.exit(await runAgain(node));
}

/** The platform package of package.json's optionalDependencies that fits this machine; null where there is none (macOS). */
export function findPinnedNode(folder = root, platform = process.platform, arch = process.arch) {
  const os = platform === "win32" ? "win" : platform;
  const node = join(folder, "node_modules", `node-${os}-${arch}`, "bin", platform === "win32" ? "node.exe" : "node");
  return existsSync(node) ? node : null;
}

function runAgain(node) {
  return new Promise((settle) => {
    const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: "inherit" });
    // A terminal sends Ctrl+C to the child as well; anything else has to be passed on.
    process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
    for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("error", (error) => giveUp(`Node ${neededMajor} at ${node} does not start (${error.message})`));
    child.on("exit", (code, signal) => settle(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

function giveUp(reason) {
  console.error(
    `Portside needs Node ${neededMajor} or newer: ${reason}.\n` +
      `Install Node ${neededMajor} from https://nodejs.org, then run the command again.`,
  );
  process.exit(1);
}
