import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFtpSession } from "../../electron/engine/ftp/openFtpSession.ts";
import { testOptions } from "../../electron/engine/ftp/testing/openTestSession.ts";
import type { KnownLogin, RemoteSession } from "../../electron/engine/sessions/remoteSession.ts";
import { type RunningServer, startProftpd, startPureFtpd, startPyftpdlib, startVsftpd } from "../ftpd/realServers.ts";

const signal = new AbortController().signal;
const files = Array.from({ length: 30 }, (_, index) => ({ path: `/small ${index}`, bytes: randomBytes(100 + index) }));

const servers = [
  { name: "vsftpd", start: startVsftpd, bearsIt: true },
  { name: "ProFTPD", start: startProftpd, bearsIt: true },
  { name: "Pure-FTPd", start: startPureFtpd, bearsIt: true },
  { name: "pyftpdlib", start: startPyftpdlib, bearsIt: false },
];
const protections = [
  { protection: "plain", options: {} },
  { protection: "TLS 1.3", options: { tls: "required", tlsVersions: ["1.3"] } },
] as const;
const settings = servers.flatMap((one) => protections.map((other) => ({ ...one, ...other })));

describe.each(settings)("one small file after the other, $name, $protection", ({ start, options, bearsIt }) => {
  let server: RunningServer;
  let known: KnownLogin | null = null;
  const logins = {
    recall: () => known,
    note: (login: KnownLogin) => {
      known = login;
    },
  };

  beforeAll(async () => {
    server = await start(options);
  });
  afterAll(() => server?.stop());

  async function open() {
    const login = { user: server.user, password: server.password, account: null };
    const encryption = "tls" in options ? ("tls-required" as const) : ("plain" as const);
    const opened = testOptions(server.port, { login, encryption, logins, host: "localhost", timeoutMs: 10_000 });
    return { session: await openFtpSession(opened, signal), dialogue: opened.dialogue };
  }

  test("goes up and down whole, past what is refused and what is cancelled", async () => {
    const { session, dialogue } = await open();
    for (const file of files) await send(session, file.path, file.bytes);
    await expect(send(session, "/no such folder/x", randomBytes(10))).rejects.toHaveProperty("reply");
    await expect(fetch(session, "/no such file", 10)).rejects.toMatchObject({ kind: "not-found" });
    const stopped = new AbortController();
    const cancelled = fetch(session, files[0]?.path ?? "", 100, stopped.signal);
    stopped.abort();
    await expect(cancelled).rejects.toMatchObject({ kind: "cancelled" });
    const next = session.isUsable ? session : (await open()).session;
    for (const file of files) expect(await fetch(next, file.path, file.bytes.length)).toEqual(file.bytes);
    const names: string[] = [];
    await next.list("/", (entries) => names.push(...entries.map(({ name }) => name)), signal);
    expect(names).toEqual(expect.arrayContaining(files.map(({ path }) => path.slice(1))));
    const asksAhead = dialogue.some(
      ({ text }, index) => text.startsWith("STOR") && dialogue[index + 1]?.text === "EPSV",
    );
    expect(asksAhead).toBe(bearsIt);
    for (const each of new Set([session, next])) await each.close();
  });

  test("a second session logs in with all it has to say at once", async () => {
    const { session, dialogue } = await open();
    await writeFile(join(server.root, "one"), "1");
    expect((await fetch(session, "/one", 1)).toString()).toBe("1");
    const beforeTheFirstAnswer = dialogue.findLastIndex(({ text }) => text.startsWith("USER"));
    const next = dialogue.slice(beforeTheFirstAnswer + 1).find(({ kind }) => kind !== "status");
    expect(next?.kind).toBe(bearsIt ? "command" : "reply");
    await session.close();
  });
});

async function send(session: RemoteSession, path: string, bytes: Uint8Array): Promise<void> {
  let at = 0;
  const read = async (into: Uint8Array) => {
    const piece = bytes.subarray(at, at + into.length);
    into.set(piece);
    at += piece.length;
    return piece.length;
  };
  const request = { path, offset: 0, length: bytes.length, source: { read }, onBytes: () => {}, isFollowed: true };
  await session.upload(request, signal);
}

async function fetch(session: RemoteSession, path: string, size: number, until = signal): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Uint8Array.from(bytes)) };
  await session.download({ path, offset: 0, size, sink, onBytes: () => {}, isFollowed: true }, until);
  return Buffer.concat(pieces);
}
