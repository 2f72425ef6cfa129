import { execFile } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureSystemPackages, testPackages } from "../../build/systemPackages.mjs";
import { type DemoServer, startDemoServer } from "../../electron/engine/demo/demoServer.ts";
import { prepareDemoFiles } from "../../electron/engine/demo/demoSite.ts";
import { makeScratch } from "../support/portside.ts";
import { hashTree, writeTree } from "../support/trees.ts";

// Clients that never saw our code judge the demo server: what they understand is FTP and not a private agreement.
const run = promisify(execFile);
const user = "demo";
const password = "p@ss word";
let scratch: { readonly folder: string; readonly remove: () => Promise<void> };
let root: string;
let server: DemoServer;

beforeAll(() => ensureSystemPackages(testPackages));
beforeEach(async () => {
  scratch = await makeScratch("demo-judged");
  root = join(scratch.folder, "served");
  await prepareDemoFiles(root);
  server = await startDemoServer({ root, user, password });
});
afterEach(async () => {
  await server.close();
  await scratch.remove();
});

async function lftp(...commands: string[]): Promise<string> {
  const open = `open -u "${user}","${password}" ftp://127.0.0.1:${server.port}`;
  const script = ["set cmd:fail-exit yes", "set net:max-retries 1", open, ...commands].join("; ");
  return (await run("lftp", ["--norc", "-c", script], { timeout: 60_000, env: { ...process.env, LC_ALL: "C.UTF-8" } }))
    .stdout;
}

test.each([1, 8])("lftp mirrors the whole demo down and a tree up, %i at once", async (parallel) => {
  const down = join(scratch.folder, "down");
  await lftp(`mirror --parallel=${parallel} / "${down}"`);
  expect(await hashTree(down)).toEqual(await hashTree(root));
  const file = "website/index.html";
  expect(Math.floor((await stat(join(down, file))).mtimeMs / 1000)).toBe(
    Math.floor((await stat(join(root, file))).mtimeMs / 1000),
  );

  const up = join(scratch.folder, "up");
  await writeTree(up, { files: 40, folders: 8, minBytes: 0, maxBytes: 50_000, seed: 9 });
  await lftp(`mirror --reverse --parallel=${parallel} "${up}" /uploads/tree`);
  expect(await hashTree(join(root, "uploads/tree"))).toEqual(await hashTree(up));
});

test("lftp renames, changes permissions and deletes", async () => {
  await lftp("mv /README.txt '/lies mich.txt'", "chmod 600 '/lies mich.txt'", "rm -r /website", "mkdir -p /new/deep");
  expect((await stat(join(root, "lies mich.txt"))).mode & 0o777).toBe(0o600);
  expect((await stat(join(root, "new/deep"))).isDirectory()).toBe(true);
  await expect(stat(join(root, "website"))).rejects.toThrow("ENOENT");
});

test("curl lists, continues a download and an upload", async () => {
  const curl = async (path: string, ...options: string[]) => {
    const url = `ftp://127.0.0.1:${server.port}/${path}`;
    const args = ["-sS", "-m", "30", "-u", `${user}:${password}`, ...options, url];
    return (await run("curl", args, { encoding: "buffer", maxBuffer: 32 * 1024 * 1024 })).stdout;
  };
  expect((await curl("", "--list-only")).toString().trim().split(/\r?\n/).sort()).toEqual(
    ["README.txt", "backup", "documents", "uploads", "website", "中文资料"].sort(),
  );
  const local = join(scratch.folder, "local");
  await mkdir(local);
  const whole = await curl("backup/whole-site.bin");
  const target = join(local, "whole-site.bin");
  await run("dd", [`if=${join(root, "backup/whole-site.bin")}`, `of=${target}`, "bs=1M", "count=5"]);
  await curl("backup/whole-site.bin", "-C", "-", "-o", target);
  expect(await hashTree(local)).toEqual({ "whole-site.bin": (await hashTree(join(root, "backup")))["whole-site.bin"] });
  expect(whole).toHaveLength(12 * 1024 * 1024);

  await run("dd", [`if=${target}`, `of=${join(root, "uploads/whole-site.bin")}`, "bs=1M", "count=3"]);
  await curl("uploads/whole-site.bin", "-C", "-", "-T", target);
  expect(await hashTree(join(root, "uploads"))).toEqual(await hashTree(local));
});
