import { createHash, randomBytes } from "node:crypto";
import { readFile, readlink, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { connect } from "../../electron/engine/ftp/connect.ts";
import { type RealServer, startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import type { TestEngine } from "../support/engine.ts";
import { layTestBed } from "../support/testBed.ts";

const bed = layTestBed("server-work");

/** An engine connected to a real server that holds "plan.bin". */
async function connected(start: typeof startVsftpd) {
  const content = randomBytes(300_000);
  const server = await bed.serve(start, {});
  await writeFile(join(server.root, "plan.bin"), content);
  server.handOver();
  const { engine, siteId } = await bed.engineWithSite(server);
  const { id: connectionId, status } = await engine.connect(siteId);
  return { server, engine, connectionId, status, content };
}

test("ProFTPD computes checksums and copies by itself", async () => {
  const { server, engine, connectionId, status, content } = await connected(startProftpd);
  expect(status).toMatchObject({ offers: { checksum: true, copy: true } });
  expect(await engine.call("entries.checksum", { connectionId, path: "/plan.bin" })).toEqual({
    algorithm: "SHA-256",
    value: createHash("sha256").update(content).digest("hex"),
  });
  expect(await engine.call("entries.duplicate", { connectionId, path: "/plan.bin" })).toEqual({
    wireName: "plan copy.bin",
  });
  expect((await readFile(join(server.root, "plan copy.bin"))).equals(content)).toBe(true);
});

test("ProFTPD makes links, blanks in names and all; what is taken is not replaced", async () => {
  const { server, engine, connectionId, status } = await connected(startProftpd);
  expect(status).toMatchObject({ offers: { createLink: true } });
  const make = (name: string) => engine.call("entries.createLink", { connectionId, path: "/plan.bin", name });
  expect(await make("latest plan")).toEqual({ wireName: "latest plan" });
  expect(await readlink(join(server.root, "latest plan"))).toMatch(/plan\.bin$/);
  await expect(make("latest plan")).rejects.toMatchObject({ kind: "already-exists" });
});

test("vsftpd offers neither, and says so before it is asked", async () => {
  const { engine, connectionId, status } = await connected(startVsftpd);
  expect(status).toMatchObject({ offers: { checksum: false, copy: false, createLink: false } });
  await expect(engine.call("entries.checksum", { connectionId, path: "/plan.bin" })).rejects.toMatchObject({
    kind: "unsupported-command",
  });
});

test.each([
  ["vsftpd", startVsftpd, "SITE CHMOD"],
  ["ProFTPD", startProftpd, "SITE CPFR"],
])("the console speaks with %s", async (_, start, offered) => {
  const { engine, connectionId } = await connected(start);
  const { commands } = await engine.call("connections.offeredCommands", { connectionId });
  expect(commands).toEqual(expect.arrayContaining(["CWD", "DELE", "LIST", "NLST", offered]));
  expect(commands).not.toContain("PASS");
  const listing = await engine.call("connections.command", { connectionId, line: "NLST" });
  expect(listing).toMatchObject({ replies: [{ code: 150 }, { code: 226 }], data: "plan.bin\r\n" });
  expect(await engine.call("connections.command", { connectionId, line: "SIZE plan.bin" })).toEqual({
    replies: [{ code: 213, text: "300000" }],
    data: null,
  });
});

test("what was found out about a server outlives a run, until it is asked to be forgotten", async () => {
  const { server, engine, connectionId } = await connected(startVsftpd);
  const known = async (one: TestEngine, id: string) =>
    (await one.call("connections.describeServer", { connectionId: id })).facts.find(
      ({ name }) => name === "setModified",
    )?.value;
  expect(await known(engine, connectionId)).toBeUndefined();

  await writeFile(join(engine.home, "new.txt"), "new");
  const sources = [
    { path: join(engine.home, "new.txt"), name: "new.txt", type: "file", size: 3, modifiedMs: 1e12 },
  ] as const;
  await engine.call("queue.add", { direction: "upload", connectionId, sources: [...sources], targetPath: "/" });
  await expect.poll(() => known(engine, connectionId), { timeout: 10_000 }).toBe("MDTM");

  await engine.close();
  const next = await bed.engineOver(dirname(engine.dataFolder));
  const siteId = await next.createSite({ port: server.port, user: server.user, encryption: "plain" }, server.password);
  const { id } = await next.connect(siteId);
  expect(await known(next, id)).toBe("MDTM");
  await next.call("connections.forgetServer", { connectionId: id });
  expect(await known(next, id)).toBeUndefined();
});

describe("times of LIST", () => {
  const modifiedMs = Math.floor(Date.now() / 60_000 - 5 * 24 * 60) * 60_000; // five days ago: LIST tells the time of day

  async function listTwice(server: RealServer, zone: { readonly zoneOffsetMinutes?: number }) {
    await writeFile(join(server.root, "plan.bin"), "plan");
    await utimes(join(server.root, "plan.bin"), modifiedMs / 1000, modifiedMs / 1000);
    const { port, user, password } = server;
    const patient = new AbortController().signal;
    const session = await connect({ host: "127.0.0.1", port, user, password, encryption: "plain", ...zone }, patient);
    const found: (number | null)[] = [];
    for (let times = 0; times < 2; times++)
      await session.list("/", (entries) => found.push(...entries.map((entry) => entry.modifiedMs)), patient);
    await session.close();
    const asked = (await server.commandsSeen()).filter(({ verb }) => verb === "MDTM");
    return { found, asked: asked.length };
  }

  test("F-listing-08: are compared with MDTM once in a session", async () => {
    const server = await bed.serve(startVsftpd, {});
    expect(await listTwice(server, {})).toEqual({ found: [modifiedMs, modifiedMs], asked: 1 });
  });

  test("are put right by what the site says, on a vsftpd that shows its local time in both", async () => {
    const server = await bed.serve(startVsftpd, { timeZone: "NPT-5:45" });
    expect(await listTwice(server, { zoneOffsetMinutes: 345 })).toEqual({ found: [modifiedMs, modifiedMs], asked: 0 });
    const told = await listTwice(server, {});
    expect(told.found[0]).toBe(modifiedMs + 345 * 60_000); // nothing on the wire could tell
  });
});
