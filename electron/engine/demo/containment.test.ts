import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "./demoServer.ts";
import { logInRaw, type RawClient } from "./testing/rawClient.ts";
import { isNameForDisk, namesOf, resolveVirtual } from "./virtualPath.ts";

/** Content outside: nothing the test sends holds it, and no file inside has its length. */
const keys = "the keys to the harbour office";
/** A name outside that no path in the test holds. */
const unguessable = "7f3a91.txt";

let folder: string;
let root: string;
let server: DemoServer;
let client: RawClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-contain-"));
  root = join(folder, "served");
  await mkdir(join(root, "in"), { recursive: true });
  await mkdir(join(folder, "outside"));
  await writeFile(join(folder, "outside", "secret.txt"), keys);
  await writeFile(join(folder, "outside", unguessable), "");
  await writeFile(join(root, "in", "open.txt"), "open");
  await symlink(join(folder, "outside"), join(root, "way-out"));
  await symlink("../outside/secret.txt", join(root, "secret-link"));
  await symlink("/", join(root, "in", "slash"));
  server = await startDemoServer({ root, user: "demo", password: "demo" });
  client = await logInRaw(server.port, "demo", "demo");
});
afterAll(async () => {
  client.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const piece = fc.oneof(
  fc.constantFrom(
    "..",
    ".",
    "",
    "in",
    "way-out",
    "secret-link",
    "slash",
    "outside",
    "secret.txt",
    "served",
    "C:",
    "\\..\\",
    "%2e%2e",
  ),
  fc.string({ maxLength: 6, unit: "binary" }).map((text) => text.replaceAll(/[\r\n\0]/g, "")),
);
const anyPath = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("/"));

test("whatever is asked resolves to a path below the top", () => {
  fc.assert(
    fc.property(anyPath, anyPath, fc.constantFrom<NodeJS.Platform>("linux", "win32"), (start, asked, platform) => {
      const path = resolveVirtual(resolveVirtual("/", start), asked);
      const names = namesOf(path);
      expect(path).toMatch(/^\/(?!.*\/\/)/);
      expect(names).not.toContain("..");
      expect(names).not.toContain(".");
      if (platform === "linux" && names.every((name) => isNameForDisk(name, platform))) {
        expect(`${resolve(root, ...names)}${sep}`.startsWith(`${root}${sep}`)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each(["..\\x", "a:b", "C:", "nul", "COM1.txt", "trailing.", "trailing ", "a\x01b"])(
  "%j is no name on a Windows disk",
  (name) => {
    expect(isNameForDisk(name, "win32")).toBe(false);
    expect(isNameForDisk("plain.txt", "win32")).toBe(true);
  },
);

test("no command reads, changes or names anything outside, whatever path it is given", async () => {
  const commands = [
    "RETR",
    "STOR",
    "APPE",
    "MLST",
    "MLSD",
    "LIST",
    "SIZE",
    "MDTM",
    "CWD",
    "DELE",
    "RMD",
    "MKD",
    "STAT",
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...commands), anyPath, async (command, path) => {
      const argument = Buffer.from(path).toString("latin1");
      const isTransfer = ["RETR", "MLSD", "LIST"].includes(command);
      if (command === "STOR" || command === "APPE") await client.send(`${command} ${argument}`, "overwritten");
      else if (isTransfer) {
        const { bytes } = await client.fetch(`${command} ${argument}`);
        expect(bytes.toString("latin1")).not.toContain(keys);
        expect(bytes.toString("latin1")).not.toContain(unguessable);
      } else {
        const answer = await client.say(`${command} ${argument}`);
        expect(answer).not.toMatch(new RegExp(`${unguessable}|size=${keys.length};|^213 ${keys.length}$`));
      }
      await client.say("CWD /");
      expect(await readdir(join(folder, "outside"))).toEqual([unguessable, "secret.txt"]);
      expect(await readFile(join(folder, "outside", "secret.txt"), "utf8")).toBe(keys);
      expect((await readdir(folder)).sort()).toEqual(["outside", "served"]);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test("links are refused wherever they stand in a path", async () => {
  expect(
    await client.codes(
      "CWD way-out",
      "SIZE secret-link",
      "SIZE way-out/secret.txt",
      "DELE secret-link",
      "MKD way-out/new",
      "RNFR way-out/secret.txt",
      "SITE CHMOD 777 secret-link",
      "MFMT 20200101000000 secret-link",
    ),
  ).toEqual([550, 550, 550, 550, 550, 550, 550, 550]);
  expect(await client.codes("RNFR in/open.txt", "RNTO way-out/stolen.txt")).toEqual([350, 550]);
  await link(join(root, "in", "open.txt"), join(root, "in", "second name"));
  expect((await client.fetch("RETR in/second name")).bytes.toString()).toBe("open");
});
