import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { connectRaw, logInRaw, type RawClient } from "../../electron/engine/demo/testing/rawClient.ts";
import { type ScriptedServer, type ScriptedServerOptions, startScriptedServer } from "./scriptedServer.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
  const server = await startScriptedServer(options);
  undo.push(server.stop);
  return server;
}

async function logIn(server: ScriptedServer): Promise<RawClient> {
  const client = await logInRaw(server.port, server.user, server.password);
  undo.push(client.close);
  return client;
}

async function withFile(server: ScriptedServer, bytes: number): Promise<Buffer> {
  const content = Buffer.alloc(bytes, "portside ");
  await writeFile(join(server.root, "file"), content);
  return content;
}

test("keeps a journal without passwords and counts bytes by transfer", async () => {
  const server = await start();
  const content = await withFile(server, 5000);
  const client = await logIn(server);
  await client.say("REST 1000");
  await client.fetch("RETR file");
  await client.send("STOR new", content);
  expect(server.verbs()).toEqual(["USER", "PASS", "TYPE", "REST", "EPSV", "RETR", "EPSV", "STOR"]);
  expect(JSON.stringify(server.journal)).not.toContain(server.password);
  expect(server.transfers()).toEqual([
    { sessionId: 1, verb: "RETR", path: "/file", offset: 1000, bytes: 4000 },
    { sessionId: 1, verb: "STOR", path: "/new", offset: 0, bytes: 5000 },
  ]);
  expect([server.bytesOut(), server.bytesIn()]).toEqual([4000, 5000]);
});

describe("commands", () => {
  test("can be answered, replaced, skipped and counted", async () => {
    const server = await start();
    const client = await logIn(server);
    server.failCommand({ verb: "MKD", name: /bad/, times: 2, skip: 1 }, { kind: "answer", reply: "550 Not today." });
    server.failCommand({ verb: "RMD" }, { kind: "replace-final", reply: "450 Busy." });
    expect(await client.codes("MKD bad1", "MKD good", "MKD bad2", "MKD bad3", "MKD bad4")).toEqual([
      257, 257, 550, 550, 257,
    ]);
    expect(await client.codes("RMD good", "CWD good")).toEqual([450, 550]);
  });

  test("can be late, in pieces, garbled, unanswered and cut off", async () => {
    const server = await start();
    const client = await logIn(server);
    server.failCommand({ verb: "NOOP" }, { kind: "delay", delayMs: 80 });
    const began = performance.now();
    expect(await client.codes("NOOP", "NOOP")).toEqual([200, 200]);
    expect(performance.now() - began).toBeGreaterThan(70);

    server.failCommand({ verb: "FEAT" }, { kind: "split", bytes: 1, pauseMs: 0 });
    expect(await client.say("FEAT")).toMatch(/^211-Features:\r\n EPSV\r\n.*\r\n211 End$/s);
    server.failCommand({ verb: "SYST" }, { kind: "garbage", bytes: "\xff\0 nonsense 200 OK\r\n200 " });
    client.write("SYST\r\nNOOP\r\n");
    server.failCommand({ verb: "PWD" }, { kind: "silence" });
    client.write("PWD\r\n");
    server.failCommand({ verb: "QUIT" }, { kind: "reset" });
    client.write("QUIT\r\n");
    expect(await client.nextReply()).toContain("nonsense");
    expect(client.socket.destroyed).toBe(true);
  });

  test("can begin with a strange greeting", async () => {
    const server = await start();
    server.failCommand({ verb: "greeting" }, { kind: "answer", reply: "421 Closed on Sundays." });
    server.failCommand({ verb: "greeting" }, { kind: "replace-final", reply: "220-Hello\r\n220 there" });
    const first = await connectRaw(server.port);
    expect([await first.nextReply(), await first.nextReply()]).toEqual(["421 Closed on Sundays.", ""]);
    const second = await connectRaw(server.port);
    expect(await second.nextReply()).toBe("220-Hello\r\n220 there");
    second.close();
  });
});

describe("personalities", () => {
  test("what it lacks is neither offered nor understood", async () => {
    const server = await start({ lacks: ["MLSD", "EPSV", "MFMT", "REST"] });
    const client = await logIn(server);
    expect(await client.say("FEAT")).toBe(
      "211-Features:\r\n MDTM\r\n MODE Z\r\n PASV\r\n SIZE\r\n TVFS\r\n UTF8\r\n211 End",
    );
    expect(
      await client.codes("MLSD", "MLST", "EPSV", "MFMT 20200101000000 x", "REST 5", "OPTS MLST size;", "PASV"),
    ).toEqual([502, 502, 502, 502, 502, 502, 227]);
  });

  test("promises to begin later and begins at the start", async () => {
    const server = await start({ ignoresRest: true });
    const content = await withFile(server, 100);
    const client = await logIn(server);
    expect(await client.say("REST 50")).toMatch(/^350/);
    expect((await client.fetch("RETR file")).bytes).toHaveLength(content.length);
  });

  test("has room for so many and says 421 to the rest", async () => {
    const server = await start({ maxSessions: 1 });
    await logIn(server);
    const second = await connectRaw(server.port);
    expect([await second.nextReply(), await second.nextReply()]).toEqual(["421 Too many users, try again later.", ""]);
    server.setMaxSessions(2);
    await logIn(server);
  });
});

describe("data", () => {
  test.each([
    { kind: "truncate", at: 100_000, code: "226" },
    { kind: "cut", at: 100_000, code: "426" },
    { kind: "reset", at: 100_000, code: "426" },
  ] as const)("$kind at $at says $code", async ({ kind, at, code }) => {
    const server = await start();
    const content = await withFile(server, 1_000_000);
    const client = await logIn(server);
    server.failData({ verb: "RETR" }, { kind, at });
    const { bytes, final } = await client.fetch("RETR file");
    expect(final.slice(0, 3)).toBe(code);
    expect(content.subarray(0, at).subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(bytes.length).toBe(kind === "reset" ? bytes.length : at);
    expect((await client.fetch("RETR file")).bytes.equals(content)).toBe(true);
  });

  test("an upload keeps exactly what came before the cut", async () => {
    const server = await start();
    const client = await logIn(server);
    server.failData({ verb: "STOR" }, { kind: "cut", at: 70_000 });
    const data = await client.openData();
    data.on("error", () => {});
    await client.say("STOR new");
    data.write(Buffer.alloc(200_000));
    expect(await client.nextReply()).toMatch(/^426/);
    expect(await readFile(join(server.root, "new"))).toHaveLength(70_000);
  });

  test("loses control and data connection together", async () => {
    const server = await start();
    await withFile(server, 1_000_000);
    const client = await logIn(server);
    server.failData({ verb: "RETR" }, { kind: "lose-session", at: 10 });
    expect((await client.fetch("RETR file")).final).toBe("");
  });

  test("stalls: bytes stand still and nobody says why", async () => {
    const server = await start();
    await withFile(server, 1_000_000);
    const client = await logIn(server);
    server.failData({ verb: "RETR" }, { kind: "stall", at: 1234 });
    const data = await client.openData();
    data.resume();
    await client.say("RETR file");
    await expect.poll(() => server.bytesOut()).toBe(1234);
    await delay(100);
    expect(server.bytesOut()).toBe(1234);
    expect(await client.say("ABOR")).toMatch(/^426/);
  });

  test("slows down to a rate", async () => {
    const server = await start();
    await withFile(server, 50_000);
    const client = await logIn(server);
    server.failData({ verb: "RETR" }, { kind: "slow", bytesPerSecond: 200_000 });
    const began = performance.now();
    await client.fetch("RETR file");
    const seconds = (performance.now() - began) / 1000;
    expect(seconds).toBeGreaterThan(0.2);
  });

  test("flips one bit", async () => {
    const server = await start();
    const content = await withFile(server, 100_000);
    const client = await logIn(server);
    server.failData({ verb: "RETR" }, { kind: "flip", at: 99_999 });
    const { bytes } = await client.fetch("RETR file");
    expect(bytes.subarray(0, -1).equals(content.subarray(0, -1))).toBe(true);
    expect(bytes.at(-1)).toBe((content.at(-1) ?? 0) ^ 1);
  });
});
