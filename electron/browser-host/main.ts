import { homedir } from "node:os";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { createEngine, createKeyFileSecrets } from "../engine/createEngine.ts";
import { systemClock } from "../engine/ports.ts";
import { type HostArguments, readArguments, usage } from "./arguments.ts";
import { claimDataFolder, defaultDataFolder } from "./dataFolder.ts";
import { openInBrowser } from "./openInBrowser.ts";
import { startBrowserHost } from "./startBrowserHost.ts";

const closeLimitMs = 10_000; // sessions say QUIT within a second; after this something hangs, and the queue is on disk anyway

const sameKeyPressMs = 500; // under `npm start` one Ctrl+C arrives twice: from the terminal and from npm

process.on("unhandledRejection", (reason) => report("a promise nobody waited for", reason));

try {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === "help") process.stdout.write(usage);
  else await run(wanted);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run({ port, dataDir, opensBrowser, opensDemo }: HostArguments): Promise<void> {
  const { platform, env, versions } = process;
  const data = await claimDataFolder(dataDir ?? defaultDataFolder(platform, env));
  const engine = await createEngine({
    host: "browser",
    version: packageJson.version,
    versions: { node: versions.node, sqlite: versions.sqlite ?? "", openssl: versions.openssl ?? "" },
    fileDrop: "staging",
    dirs: { data: data.folder, home: homedir() },
    clock: systemClock,
    secrets: createKeyFileSecrets(data.folder),
    opensDemo,
    endings: { quit: () => process.emit("SIGTERM") },
  });
  const host = await startBrowserHost({
    engine,
    // Beside the bundle in dist/electron, or, from the sources, where the build puts it.
    rendererFolder: join(
      import.meta.dirname,
      import.meta.filename.endsWith(".ts") ? "../../dist/renderer" : "../renderer",
    ),
    dataFolder: data.folder,
    port,
    now: Date.now,
    checksOutput: env.PORTSIDE_CHECKS_OUTPUT === "1",
    report,
  });

  closeOnSignal(async () => {
    await host.close();
    await engine.close();
    data.release();
  });
  const address = host.issueAddress();
  say(`Portside is running at ${address} (Ctrl+C ends it)`);
  printAddressOnEnter(host.issueAddress);
  if (opensBrowser) await openInBrowser(address, platform, env);
}

/** The first signal closes everything in order, a second one ends at once. */
function closeOnSignal(close: () => Promise<void>): void {
  let closingSinceMs: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (closingSinceMs !== null) {
        if (performance.now() - closingSinceMs > sameKeyPressMs) process.exit(1);
        return;
      }
      closingSinceMs = performance.now();
      setTimeout(() => process.exit(1), closeLimitMs).unref();
      close().then(
        () => process.exit(0),
        (error) => {
          report("closing", error);
          process.exit(1);
        },
      );
    });
  }
}

/** Each address lets one browser in; whoever sits at the terminal may have another one. */
function printAddressOnEnter(issueAddress: () => string): void {
  if (!process.stdin.isTTY) return;
  process.stdin.on("data", () => say(issueAddress()));
  process.stdin.unref();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function report(what: string, thrown: unknown): void {
  console.error(`Portside: ${what}:`, thrown);
}
