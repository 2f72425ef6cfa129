import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat as statLocal, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemoServer } from "../../electron/engine/demo/demoServer.ts";
import { openFtpSession } from "../../electron/engine/ftp/openFtpSession.ts";
import { testDataConnections, testOptions } from "../../electron/engine/ftp/testing/openTestSession.ts";
import type { OpenSessionOptions, RemoteSession } from "../../electron/engine/sessions/remoteSession.ts";
import type { Entry } from "../../shared/models/entry.ts";
import { type RealServer, startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import type { RealServerOptions } from "../ftpd/serverProgram.ts";

const starters = { vsftpd: startVsftpd, ProFTPD: startProftpd };

type Served = Pick<RealServer, "port" | "user" | "password" | "root" | "stop">;

/** The demo inside the product must be as good a server as the others. */
async function startDemo(): Promise<Served> {
  const root = await mkdtemp(join(tmpdir(), "portside-demo-"));
  const login = { user: "demo", password: "throw-away" };
  const server = await startDemoServer({ root, ...login });
  const stop = async () => {
    await server.close();
    await rm(root, { recursive: true });
  };
  return { port: server.port, ...login, root, stop };
}

const protections: readonly { readonly name: string; readonly options: RealServerOptions }[] = [
  { name: "plain", options: {} },
  { name: "TLS 1.2", options: { tls: "required", tlsVersions: ["1.2"], requireReuse: true } },
  { name: "TLS 1.3", options: { tls: "required", tlsVersions: ["1.3"], requireReuse: true } },
];

const settings: readonly { name: string; protection: string; start: () => Promise<Served> }[] = [
  { name: "the demo server", protection: "plain", start: startDemo },
  ...Object.entries(starters).flatMap(([name, start]) =>
    protections.map((protection) => ({ name, protection: protection.name, start: () => start(protection.options) })),
  ),
];

const signal = new AbortController().signal;

describe.each(settings)("$name, $protection", ({ name, start, protection }) => {
  let server: Served;
  let session: RemoteSession;

  beforeAll(async () => {
    server = await start();
    session = await open();
  });
  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  function open(changes: Partial<OpenSessionOptions> = {}): Promise<RemoteSession> {
    const login = { user: server.user, password: server.password, account: null };
    const encryption = protection === "plain" ? "plain" : "tls-required";
    return openFtpSession(testOptions(server.port, { login, encryption, timeoutMs: 10_000, ...changes }), signal);
  }

  async function upload(path: string, bytes: Uint8Array, offset = 0): Promise<void> {
    let at = offset;
    const read = async (into: Uint8Array) => {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    };
    await session.upload({ path, offset, length: bytes.length - offset, source: { read }, onBytes: () => {} }, signal);
  }

  async function download(path: string, size: number, offset = 0): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    const sink = { write: async (bytes: Uint8Array) => void pieces.push(Uint8Array.from(bytes)) };
    await session.download({ path, offset, size, sink, onBytes: () => {} }, signal);
    return Buffer.concat(pieces);
  }

  async function listAll(path: string): Promise<Entry[]> {
    const entries: Entry[] = [];
    await session.list(path, (batch) => entries.push(...batch), signal);
    return entries;
  }

  test("says how it is protected", () => {
    const { encrypted, dataProtected, protocol } = session.security;
    const expected = { plain: null, "TLS 1.2": "TLSv1.2", "TLS 1.3": "TLSv1.3" }[protection];
    expect({ encrypted, dataProtected, protocol }).toEqual({
      encrypted: expected !== null,
      dataProtected: expected !== null,
      protocol: expected,
    });
  });

  test("F-tls-04: moves 50 files up and down in one session", async () => {
    await session.makeFolder("/many", signal);
    for (let index = 0; index < 50; index++) {
      const bytes = randomBytes(index * 700);
      await upload(`/many/${index}`, bytes);
      expect((await download(`/many/${index}`, bytes.length)).equals(bytes)).toBe(true);
    }
    expect((await listAll("/many")).length).toBe(50);
  });

  test.skipIf(name === "the demo server")("moves files in active mode, where the server connects to us", async () => {
    const passive = session;
    session = await open({ dataConnections: testDataConnections({ mode: "active" }) });
    try {
      for (let index = 0; index < 10; index++) {
        const bytes = randomBytes(index * 70_000);
        await upload("/active", bytes);
        expect((await download("/active", bytes.length)).equals(bytes)).toBe(true);
      }
      expect(await listAll("/")).toContainEqual(expect.objectContaining({ name: "active", size: 9 * 70_000 }));
    } finally {
      await session.close();
      session = passive;
    }
  });

  test("moves a large file whole, up and down", async () => {
    const bytes = randomBytes(9 * 1024 * 1024 + 1);
    await upload("/large", bytes);
    expect((await readFile(join(server.root, "large"))).equals(bytes)).toBe(true);
    expect((await download("/large", bytes.length)).equals(bytes)).toBe(true);
  });

  test.each([0, 1, 50_000, 99_999, 100_000])("resumes up and down at byte %i of 100,000", async (offset) => {
    const bytes = randomBytes(100_000);
    await upload("/resumed", bytes.subarray(0, offset));
    await upload("/resumed", bytes, offset);
    expect((await readFile(join(server.root, "resumed"))).equals(bytes)).toBe(true);
    expect((await download("/resumed", bytes.length, offset)).equals(bytes.subarray(offset))).toBe(true);
  });

  const names = [
    "with blank",
    "  two leading blanks",
    'quote".txt',
    "percent%20.txt",
    "hash#.txt",
    "smile😀.txt",
    "中文.txt",
    "-la",
    ".htaccess",
    "star*[x]?.txt",
    "semi;colon",
    "~home",
    "a".repeat(200),
  ];
  test.each(names)("lists, downloads, renames and deletes %j", async (fileName) => {
    await expectWholeLife(fileName, session.toWire(fileName));
  });

  test("lists, downloads, renames and deletes a name of GBK bytes", async () => {
    await expectWholeLife("测试文件.txt", Buffer.from("b2e2cad4cec4bcfe2e747874", "hex").toString("latin1"));
  });

  // The demo serves UTF-8 names, in which byte 255 does not occur.
  if (name !== "the demo server") {
    test("sends byte 255 of a name so that it arrives as one", async () => {
      await expectWholeLife("ÿ€\u0192.txt", "\xff\x80\x83.txt");
    });
  }

  async function expectWholeLife(shown: string, wireName: string): Promise<void> {
    const folder = "/names of files";
    await session.makeFolder(folder, signal);
    await upload(`${folder}/${wireName}`, Buffer.from("content"));
    const onDisk = await readdir(Buffer.from(join(server.root, folder)), { encoding: "buffer" });
    expect(onDisk.map((bytes) => bytes.toString("latin1"))).toEqual([wireName]);
    expect(
      (await listAll(folder)).map((entry) => ({ name: entry.name, wireName: entry.wireName, size: entry.size })),
    ).toEqual([{ name: shown, wireName, size: 7 }]);
    expect((await session.stat(`${folder}/${wireName}`, signal))?.size).toBe(7);
    expect((await download(`${folder}/${wireName}`, 7)).toString()).toBe("content");
    const renamed = `${wireName.slice(0, 190)} again`;
    await session.rename(`${folder}/${wireName}`, `${folder}/${renamed}`, signal);
    expect((await listAll(folder)).map((entry) => entry.wireName)).toEqual([renamed]);
    await session.removeFile(`${folder}/${renamed}`, signal);
    expect(await listAll(folder)).toEqual([]);
  }

  test("goes on after a cancelled download and a cancelled upload", async () => {
    const bytes = randomBytes(20 * 1024 * 1024);
    await writeFile(join(server.root, "cancelled"), bytes);
    const stop = new AbortController();
    const sink = {
      write: async () => {
        stop.abort();
      },
    };
    const request = { path: "/cancelled", offset: 0, size: bytes.length, sink, onBytes: () => {} };
    await expect(session.download(request, stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
    expect(session.isUsable).toBe(true);
    expect(await download("/resumed", 100_000)).toHaveLength(100_000);

    const stopUpload = new AbortController();
    const source = {
      read: async (into: Uint8Array) => {
        setTimeout(() => stopUpload.abort(), 20);
        return into.length;
      },
    };
    const endless = { path: "/endless", offset: 0, length: 1e12, source, onBytes: () => {} };
    await expect(session.upload(endless, stopUpload.signal)).rejects.toMatchObject({ kind: "cancelled" });
    expect(session.isUsable).toBe(true);
    expect(await download("/resumed", 100_000)).toHaveLength(100_000);
  });

  test("keeps modification times both ways", async () => {
    const time = Date.UTC(2020, 1, 29, 12, 34, 56);
    await upload("/dated", Buffer.from("x"));
    expect(await session.setModified("/dated", time, signal)).toBe(true);
    expect((await statLocal(join(server.root, "dated"))).mtimeMs).toBe(time);
    expect(await session.stat("/dated", signal)).toEqual({ type: "file", size: 1, modifiedMs: time });
  });

  test("makes, finds and removes folders; says why it cannot", async () => {
    await session.makeFolder("/deep", signal);
    await session.makeFolder("/deep", signal);
    await session.makeFolder("/deep/er", signal);
    expect((await session.stat("/deep", signal))?.type).toBe("directory");
    await expect(session.removeFolder("/deep", signal)).rejects.toMatchObject({ kind: "directory-not-empty" });
    await session.removeFolder("/deep/er", signal);
    await session.removeFolder("/deep", signal);
    expect(await session.stat("/deep", signal)).toBe(null);
    await expect(session.removeFolder("/deep", signal)).rejects.toMatchObject({ kind: "not-found" });
    await expect(session.removeFile("/nothing", signal)).rejects.toMatchObject({ kind: "not-found" });
    await expect(download("/nothing", 1)).rejects.toMatchObject({ kind: "not-found" });
    await expect(listAll("/nothing")).rejects.toMatchObject({ kind: "not-found" });
    await expect(session.rename("/nothing", "/other", signal)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("changes permissions", async () => {
    await upload("/locked", Buffer.from("x"));
    await session.setPermissions("/locked", 0o640, signal);
    expect((await statLocal(join(server.root, "locked"))).mode & 0o777).toBe(0o640);
    expect((await listAll("/")).find(({ name }) => name === "locked")?.permissions).toBe("rw-r-----");
  });

  test("tells a wrong password apart", async () => {
    const login = { user: server.user, password: "wrong", account: null };
    await expect(open({ login })).rejects.toMatchObject({ kind: "login-rejected" });
  });
});
