import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const electronFolder = dirname(require.resolve("electron/package.json"));
const missFile = resolve(import.meta.dirname, "../../.cache/electron-miss.json");
const missLastsMs = 24 * 60 * 60 * 1000; // a day: do not make every start wait for a download that fails
const silenceLimitMs = 30_000; // a download that says nothing for so long has died

/** Electron's program, when this machine has it. */
export function findElectron(): string | null {
  const program = readProgramName();
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const path = override ? join(override, program ?? "electron") : program && join(electronFolder, "dist", program);
  return path && existsSync(path) ? path : null;
}

/** Why the last download failed, when that was less than a day ago and for this version. */
export function recallMiss(nowMs: number): string | null {
  try {
    const { version, atMs, reason } = JSON.parse(readFileSync(missFile, "utf8"));
    const isFresh = version === electronVersion() && nowMs - atMs < missLastsMs;
    return isFresh && typeof reason === "string" ? reason : null;
  } catch {
    return null;
  }
}

/**
 * Downloads Electron's program (about 120 MB, once) and unpacks it; its checksum is part of the npm package. `onProgress` gets parts of
 * 1. Rejects with a reason for people; the miss is remembered.
 */
export async function downloadElectron(onProgress: (part: number) => void): Promise<string> {
  try {
    await fillCache(onProgress);
    const { status, stderr } = spawnSync(process.execPath, [join(electronFolder, "install.js")], { encoding: "utf8" });
    const program = findElectron();
    if (status !== 0 || program === null) throw new Error(stderr.trim().split("\n")[0] || "it could not be unpacked");
    return program;
  } catch (error) {
    const reason = explain(error);
    mkdirSync(dirname(missFile), { recursive: true });
    writeFileSync(missFile, JSON.stringify({ version: electronVersion(), atMs: Date.now(), reason }));
    throw new Error(reason, { cause: error });
  }
}

/** Electron's own downloader, which its installer then finds the file of. */
async function fillCache(onProgress: (part: number) => void): Promise<void> {
  const downloader = createRequire(join(electronFolder, "package.json")).resolve("@electron/get");
  const { downloadArtifact } = await import(pathToFileURL(downloader).href);
  const controller = new AbortController();
  const giveUp = () => controller.abort(new Error("the download stopped answering"));
  let silence = setTimeout(giveUp, silenceLimitMs);
  try {
    await downloadArtifact({
      version: electronVersion(),
      artifactName: "electron",
      checksums: require("electron/checksums.json"),
      platform: process.platform,
      arch: process.arch,
      downloadOptions: {
        quiet: true,
        signal: controller.signal,
        getProgressCallback: async ({ percent }: { percent: number }) => {
          clearTimeout(silence);
          silence = setTimeout(giveUp, silenceLimitMs);
          onProgress(percent);
        },
      },
    });
  } finally {
    clearTimeout(silence);
  }
}

function readProgramName(): string | null {
  try {
    return readFileSync(join(electronFolder, "path.txt"), "utf8");
  } catch {
    return null; // written by the installer when it is done
  }
}

export function electronVersion(): string {
  return require("electron/package.json").version;
}

/** "fetch failed" says little; what made it fail says more: "fetch failed: getaddrinfo ENOTFOUND github.com". */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message || error.cause.name}` : error.message;
}
