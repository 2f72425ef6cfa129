import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimDataFolder, defaultDataFolder } from "./dataFolder.ts";

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "portside-data-"));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

test("a folder is made for its owner only", async () => {
  const { folder, release } = await claimDataFolder(join(scratch, "a", "b"));
  if (process.platform !== "win32") expect((await stat(folder)).mode & 0o777).toBe(0o700);
  release();
});

test("one folder serves one Portside at a time", async () => {
  const first = await claimDataFolder(join(scratch, "shared"));
  await expect(claimDataFolder(join(scratch, "shared"))).rejects.toThrow("Another Portside already uses");
  first.release();
  (await claimDataFolder(join(scratch, "shared"))).release();
});

test("a Portside that was killed leaves no claim behind", async () => {
  const folder = join(scratch, "killed");
  const script = `
    const { claimDataFolder } = await import(${JSON.stringify(new URL("dataFolder.ts", import.meta.url).href)});
    await claimDataFolder(${JSON.stringify(folder)});
    console.log("claimed");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  await expect(claimDataFolder(folder)).rejects.toThrow("Another Portside already uses");
  child.kill("SIGKILL");
  await once(child, "exit");
  (await claimDataFolder(folder)).release();
});

test.each([
  ["linux", {}, "/home/ann/.local/share/portside"],
  ["linux", { XDG_DATA_HOME: "/data" }, "/data/portside"],
  ["linux", { XDG_DATA_HOME: "relative" }, "/home/ann/.local/share/portside"],
  ["darwin", {}, "/home/ann/Library/Application Support/Portside Browser"],
] as const)("on %s with %j it is %s", (platform, environment, folder) => {
  expect(defaultDataFolder(platform, environment, "/home/ann")).toBe(folder);
});
