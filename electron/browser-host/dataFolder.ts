import { chmod, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the system wants application data: XDG Base Directory, macOS Application Support, Windows LOCALAPPDATA. */
export function defaultDataFolder(platform: NodeJS.Platform, environment: Environment, home = homedir()): string {
  if (platform === "win32") return join(environment.LOCALAPPDATA ?? join(home, "AppData", "Local"), "Portside Browser");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Portside Browser");
  const shared = environment.XDG_DATA_HOME;
  // XDG Base Directory §2: a relative path there is invalid and to be ignored.
  return join(shared?.startsWith("/") ? shared : join(home, ".local", "share"), "portside");
}

/**
 * Makes the folder for the owner's eyes only and claims it for this process; rejects when another one has it. The claim is a lock
 * of the operating system on a file, so it ends with the process however that ends: nothing stale is left by `kill -9`.
 * Returns the undo.
 */
export async function claimDataFolder(folder: string): Promise<{ folder: string; release: () => void }> {
  const path = resolve(folder);
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  // SQLite knows how to lock a file on every system that Node runs on; Node itself offers no call for it.
  const lock = new DatabaseSync(join(path, "in-use.lock"));
  try {
    lock.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw new Error(
      `Another Portside already uses ${path}. Use its window, or give this one a folder of its own with --data-dir.`,
      { cause: error },
    );
  }
  return { folder: path, release: () => lock.close() };
}
