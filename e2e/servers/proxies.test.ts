import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFtpSession } from "../../electron/engine/ftp/openFtpSession.ts";
import { testOptions } from "../../electron/engine/ftp/testing/openTestSession.ts";
import type { RemoteSession } from "../../electron/engine/sessions/remoteSession.ts";
import { type ProxyServer, startProxyServer } from "../ftpd/proxyServer.ts";
import { type RealServer, startVsftpd } from "../ftpd/realServers.ts";

const signal = new AbortController().signal;
const login = { user: "ann", password: "open sesame" };
const host = "ftp.harbour.invalid"; // no name server knows it

/** The server demands that data connections resume the control connection's TLS session: the proxy must not come in between. */
describe.each(["1.2", "1.3"] as const)("vsftpd with TLS %s and session reuse", (version) => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startVsftpd({ tls: "required", tlsVersions: [version], requireReuse: true });
  });
  afterAll(() => server?.stop());

  describe.each(["socks4a", "socks5", "http"] as const)("through a %s proxy", (kind) => {
    let proxy: ProxyServer;
    let session: RemoteSession;
    beforeAll(async () => {
      proxy = await startProxyServer({ kind, login, names: { [host]: "127.0.0.1" } });
      const options = testOptions(server.port, {
        host,
        login: { user: server.user, password: server.password, account: null },
        encryption: "tls-required",
        proxy: { kind, host: "127.0.0.1", port: proxy.port, ...login },
        timeoutMs: 10_000,
      });
      session = await openFtpSession(options, signal);
    });
    afterAll(async () => {
      await session?.close();
      await proxy?.close();
    });

    test("files go up and down, and listings come, all of it through the proxy and encrypted", async () => {
      const bytes = randomBytes(3_000_000);
      const pieces: Uint8Array[] = [bytes];
      const source = {
        read: async (into: Uint8Array) => {
          const next = pieces.shift();
          if (next === undefined) return 0;
          if (next.length > into.length) pieces.unshift(next.subarray(into.length));
          into.set(next.subarray(0, into.length));
          return Math.min(next.length, into.length);
        },
      };
      await session.upload({ path: "/cargo", offset: 0, length: bytes.length, source, onBytes: () => {} }, signal);
      expect(hash(await readFile(join(server.root, "cargo")))).toBe(hash(bytes));

      const received: Uint8Array[] = [];
      const sink = { write: async (part: Uint8Array) => void received.push(Uint8Array.from(part)) };
      await session.download({ path: "/cargo", offset: 0, size: bytes.length, sink, onBytes: () => {} }, signal);
      expect(hash(Buffer.concat(received))).toBe(hash(bytes));

      const names: string[] = [];
      await session.list("/", (entries) => names.push(...entries.map(({ name }) => name)), signal);
      expect(names).toContain("cargo");
      expect(session.security).toMatchObject({ encrypted: true, dataProtected: true, protocol: `TLSv${version}` });
      expect(proxy.targets.map((target) => target.replace(/:\d+$/, ""))).toEqual([host, host, host, host]);
    });
  });
});

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
