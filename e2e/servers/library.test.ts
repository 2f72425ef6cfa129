import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startDemoServer } from "../../electron/engine/demo/demoServer.ts";
import { connect } from "../../electron/engine/ftp/connect.ts";
import { makeScratch } from "../support/portside.ts";

const run = promisify(execFile);
const library = resolve(import.meta.dirname, "../../electron/engine/ftp");

test("the example of the library's README runs as it stands there", async () => {
  const readme = await readFile(join(library, "README.md"), "utf8");
  const [, example = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  expect(example.split("\n").filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(20);

  const { folder, remove } = await makeScratch("library");
  const root = join(folder, "root");
  await mkdir(join(root, "uploads"), { recursive: true });
  const server = await startDemoServer({ root, user: "demo", password: "harbour" });
  try {
    const program = join(folder, "example.mts");
    await writeFile(program, example.replace("./connect.ts", pathToFileURL(join(library, "connect.ts")).href));
    const { stdout } = await run(process.execPath, [program, "127.0.0.1", String(server.port), "demo", "harbour"]);
    expect(stdout).toBe("Hello, harbour\ngrüße.txt: 15 bytes\n");
    expect(await readFile(join(root, "uploads", "grüße.txt"), "utf8")).toBe("Hello, harbour\n");
  } finally {
    await server.close();
    await remove();
  }
});

test("the password does not travel readable unless the caller decides so", async () => {
  const { folder, remove } = await makeScratch("library");
  const server = await startDemoServer({ root: join(folder, "root"), user: "demo", password: "harbour" });
  try {
    const request = { host: "127.0.0.1", port: server.port, user: "demo", password: "harbour" };
    await expect(connect(request, AbortSignal.timeout(10_000))).rejects.toMatchObject({ kind: "encryption-refused" });
  } finally {
    await server.close();
    await remove();
  }
});
