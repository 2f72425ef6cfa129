import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { connectRaw, logInRaw, type RawClient } from "../../electron/engine/demo/testing/rawClient.ts";
import { filezilla1, filezilla09 } from "./personalities/filezillaServer.ts";
import { iis6, iis10 } from "./personalities/iis.ts";
import { nas } from "./personalities/nas.ts";
import { printer } from "./personalities/printer.ts";
import { servu6, servu15 } from "./personalities/servu.ts";
import { vms } from "./personalities/vms.ts";
import { wuFtpd } from "./personalities/wuFtpd.ts";
import { zos } from "./personalities/zos.ts";
import type { Personality } from "./personality.ts";
import { startScriptedServer } from "./scriptedServer.ts";

const undos: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

/** A client that knows nothing, logged in to one of them. */
async function visit(personality: Personality): Promise<RawClient & { readonly root: string }> {
  const server = await startScriptedServer({ personality });
  undos.push(server.stop);
  await mkdir(join(server.root, "DEMO/SUB"), { recursive: true });
  await mkdir(join(server.root, "catalog/DEMO.LIB"), { recursive: true });
  const client = await logInRaw(server.port, server.user, server.password);
  undos.push(client.close);
  return { ...client, root: server.root };
}

test.each([
  [iis10, "215 Windows_NT", '257 "/" is current directory.', "500 Command not understood."],
  [iis6, "215 Windows_NT", '257 "/" is current directory.', "500 'MLSD': command not understood"],
  [servu6, "215 UNIX Type: L8", '257 "/" is current directory.', "500 Command not understood."],
  [wuFtpd, "215 UNIX Type: L8", '257 "/" is current directory.', "500 'MLSD': command not understood."],
  [vms, "215 VMS system type. VMS V8.4.", '257 "DISK$USER:[DEMO]" is current directory.', "500 MLSD command unknown."],
  [
    zos,
    "215 MVS is the operating system of this server. FTP Server is running on z/OS.",
    `257 "'DEMO.'" is working directory.`,
    "500 unknown command MLSD",
  ],
  [printer, "215 UNIX", "500 Unknown command.", "502 Command not implemented."],
])("$name answers SYST, PWD and a command it does not know", async (personality, system, folder, unknown) => {
  const client = await visit(personality);
  expect([await client.say("SYST"), await client.say("PWD"), await client.say("MLSD")]).toEqual([
    system,
    folder,
    unknown,
  ]);
});

test.each([iis10, iis6, servu15, servu6, wuFtpd, filezilla09, filezilla1, nas, printer, vms, zos])(
  "$name greets with its own words, and takes no command before the login",
  async (personality) => {
    const server = await startScriptedServer({ personality });
    undos.push(server.stop);
    const client = await connectRaw(server.port);
    undos.push(client.close);
    expect(await client.nextReply()).toBe(personality.greeting);
    expect(await client.codes("CWD /")).toEqual([530]);
  },
);

describe("paths", () => {
  test("OpenVMS takes brackets, and nothing with a slash", async () => {
    const client = await visit(vms);
    expect(await client.codes("CWD /DEMO", "CWD [DEMO.SUB]", "CWD [.NONE]", "CWD DISK$OTHER:[DEMO]")).toEqual([
      501, 250, 550, 550,
    ]);
    expect(await client.codes("CWD DISK$USER:[000000]", "CWD [.DEMO]", "MKD [.NEW]", "DELE /DEMO/A.TXT")).toEqual([
      250, 250, 257, 501,
    ]);
    expect(await readdir(join(client.root, "DEMO"))).toEqual(["NEW", "SUB"]);
  });

  test("z/OS takes quotes and parentheses, knows any prefix, and no name of more than eight letters", async () => {
    const client = await visit(zos);
    expect(await client.codes("CWD 'NOBODY.'", "CWD 'DEMO.LIB'", "CWD /nowhere", "CWD /catalog/DEMO.LIB")).toEqual([
      250, 250, 550, 250,
    ]);
    expect(await client.codes("DELE 'DEMO.LIB(NONE)'", "DELE 'DEMO.LIB(TOOLONGNAME)'", "DELE 'DEMO/LIB'")).toEqual([
      550, 501, 501,
    ]);
    expect(await client.codes("CWD 'DEMO.'", "MKD NEW", "SITE CHMOD 600 NEW")).toEqual([250, 257, 200]);
    expect(await readdir(join(client.root, "catalog"))).toEqual(["DEMO.LIB", "DEMO.NEW"]);
  });
});

describe("listings", () => {
  test.each<[Personality, RegExp]>([
    [iis10, /^\d\d-\d\d-\d\d {2}\d\d:\d\d[AP]M {7}<DIR> {10}DEMO\r\n/],
    [servu6, /^drwxrwxrwx {3}1 user {5}group {13}0 \w{3} [ \d]\d \d\d:\d\d DEMO\r\n/],
    [wuFtpd, /^total 12\r\ndrwxrwxrwx {3}1 ftp {6}wheel /],
  ])("$name writes them its own way", async (personality, form) => {
    const client = await visit(personality);
    await writeFile(join(client.root, "file"), "x");
    expect((await fetchByPasv(client, "LIST")).toString("latin1")).toMatch(form);
  });

  test("OpenVMS heads and counts them; a long name has a line of its own", async () => {
    const client = await visit(vms);
    await writeFile(join(client.root, "DEMO/A_NAME_THAT_TAKES_ITS_OWN_LINE.TXT;1"), "x".repeat(600));
    const lines = (await fetchByPasv(client, "LIST")).toString("latin1").split("\r\n");
    expect(lines[0]).toBe("Directory DISK$USER:[DEMO]");
    expect(lines[2]).toBe("A_NAME_THAT_TAKES_ITS_OWN_LINE.TXT;1");
    expect(lines[3]).toMatch(/^ {26}2\/9 /);
    expect(lines[4]).toMatch(/^SUB\.DIR;1 /);
    expect(lines.at(-2)).toBe("Total of 2 files.");
  });

  test("z/OS refuses to list what is empty", async () => {
    const client = await visit(zos);
    await client.say("CWD 'DEMO.LIB'");
    await openPasv(client);
    expect(await client.say("LIST")).toBe("550 No members found.");
  });
});

test("a NAS says that it is done before it is", async () => {
  const client = await visit(nas);
  await writeFile(join(client.root, "file"), Buffer.alloc(500_000, 1));
  const data = await client.openData();
  const order: string[] = [];
  let bytes = 0;
  data.on("data", (chunk: Buffer) => {
    if (bytes === 0) order.push("data");
    bytes += chunk.length;
  });
  const ended = new Promise((resolve) => data.once("end", resolve));
  await client.say("RETR file");
  order.push(await client.nextReply());
  await ended;
  expect([order, bytes]).toEqual([["226 Transfer complete.", "data"], 500_000]);
  expect(await client.say("NOOP")).toMatch(/^200/); // and does not say it again
});

async function openPasv(client: RawClient): Promise<Socket> {
  const numbers =
    /\((?<numbers>[\d,]+)\)/
      .exec(await client.say("PASV"))
      ?.groups?.numbers?.split(",")
      .map(Number) ?? [];
  const data = connect((numbers[4] ?? 0) * 256 + (numbers[5] ?? 0), "127.0.0.1");
  await once(data, "connect");
  return data;
}

async function fetchByPasv(client: RawClient, command: string): Promise<Buffer> {
  const data = await openPasv(client);
  const chunks: Buffer[] = [];
  data.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = once(data, "end");
  await client.say(command);
  await ended;
  await client.nextReply();
  return Buffer.concat(chunks);
}
