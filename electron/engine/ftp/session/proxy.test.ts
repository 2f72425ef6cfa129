import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { type ProxyServerOptions, startProxyServer } from "../../../../e2e/ftpd/proxyServer.ts";
import { systemClock } from "../../ports.ts";
import type { ProxyServer } from "../../sessions/remoteSession.ts";
import { scriptedServer, scriptedServerOn } from "../testing/scriptedServer.ts";
import { dial } from "./dial.ts";

const patient = new AbortController().signal;
const kinds = ["socks4a", "socks5", "http"] as const;
const login = { user: "ann", password: "open sesame" };

type Route = {
  readonly server: ProxyServerOptions;
  readonly client?: Partial<ProxyServer>;
  readonly host?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
};

/** Dials a server that says "220 hello" through a proxy, and gives its first line or its error, and what the proxy saw. */
async function greetThrough({ server, client = {}, host = "127.0.0.1", timeoutMs = 5_000, signal = patient }: Route) {
  const proxyServer = await startProxyServer(server);
  const target = await scriptedServerOn(host.includes(":") ? "::1" : "127.0.0.1", async (peer) => {
    peer.say("220 hello");
    await peer.closed;
  });
  const proxy = { kind: server.kind, host: "127.0.0.1", port: proxyServer.port, user: "", password: "", ...client };
  try {
    const socket = await dial({ host, port: target.port, timeoutMs, clock: systemClock, proxy }, signal);
    const greeting = await firstLine(socket);
    socket.destroy();
    return { greeting, asked: proxyServer.targets.map((each) => each.replace(`:${target.port}`, "")) };
  } finally {
    await proxyServer.close();
    await target.close();
  }
}

/** After a pause, as a data connection has it: nothing may get lost meanwhile. */
async function firstLine(socket: Socket): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 30));
  const data = once(socket, "data");
  socket.resume();
  return String((await data)[0]);
}

describe.each(kinds)("through a %s proxy", (kind) => {
  test("a name is looked up by the proxy", async () => {
    const names = { "ftp.harbour.invalid": "127.0.0.1" };
    expect(await greetThrough({ server: { kind, names }, host: "ftp.harbour.invalid" })).toEqual({
      greeting: "220 hello\r\n",
      asked: ["ftp.harbour.invalid"],
    });
  });

  test("an address is asked for as it is", async () => {
    expect((await greetThrough({ server: { kind } })).asked).toEqual(["127.0.0.1"]);
  });

  test("what comes in one packet with the proxy's answer is not lost", async () => {
    const { greeting } = await greetThrough({ server: { kind, joinsFirstBytes: true } });
    expect(greeting).toBe("220 hello\r\n");
  });

  test("a login is given", async () => {
    expect((await greetThrough({ server: { kind, login }, client: login })).greeting).toBe("220 hello\r\n");
  });

  test("a login that is refused, or missing, says so", async () => {
    for (const client of [{ user: "eve", password: "?" }, {}]) {
      await expect(greetThrough({ server: { kind, login }, client })).rejects.toMatchObject({
        kind: "proxy-login-rejected",
      });
    }
  });

  test("a name with other letters is looked up as DNS has it", async () => {
    const names = { "xn--bcher-kva.invalid": "127.0.0.1" };
    expect((await greetThrough({ server: { kind, names }, host: "bücher.invalid" })).asked).toEqual([
      "xn--bcher-kva.invalid",
    ]);
  });

  test("a server that is not there is the proxy's to tell", async () => {
    const gone = await scriptedServer();
    await gone.close();
    const server = await startProxyServer({ kind });
    const proxy = { kind, host: "127.0.0.1", port: server.port, user: "", password: "" };
    const where = { host: "127.0.0.1", port: gone.port, timeoutMs: 5_000, clock: systemClock, proxy };
    await expect(dial(where, patient)).rejects.toMatchObject({
      kind: "proxy-failed",
      message: expect.stringContaining(`127.0.0.1:${gone.port}`),
    });
    await server.close();
  });

  test("a proxy that is not there is not mistaken for the server", async () => {
    const gone = await scriptedServer();
    await gone.close();
    const proxy = { kind, host: "127.0.0.1", port: gone.port, user: "", password: "" };
    const where = { host: "ftp.example.invalid", port: 21, timeoutMs: 5_000, clock: systemClock, proxy };
    await expect(dial(where, patient)).rejects.toMatchObject({
      kind: "proxy-failed",
      message: expect.stringMatching(/^The proxy cannot be reached\. .*ECONNREFUSED/),
    });
  });

  test("a proxy that never answers is given up, and so is one that nobody waits for any more", async () => {
    const silent = { server: { kind, isSilent: true } };
    await expect(greetThrough({ ...silent, timeoutMs: 50 })).rejects.toMatchObject({ kind: "proxy-failed" });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    await expect(greetThrough({ ...silent, signal: stop.signal })).rejects.toMatchObject({ kind: "cancelled" });
  });

  test("a proxy of another kind is not understood, and leaves no connection behind", async () => {
    const other = await startProxyServer({ kind: kind === "http" ? "socks5" : "http" });
    const proxy = { kind, host: "127.0.0.1", port: other.port, user: "", password: "" };
    const where = { host: "127.0.0.1", port: 21, timeoutMs: 300, clock: systemClock, proxy };
    await expect(dial(where, patient)).rejects.toMatchObject({ kind: "proxy-failed" });
    await expect.poll(other.openCount).toBe(0);
    await other.close();
  });
});

test("a password that SOCKS 5 cannot carry is refused, and nothing breaks", async () => {
  const client = { user: "ann", password: "密".repeat(86) };
  await expect(greetThrough({ server: { kind: "socks5", login }, client })).rejects.toMatchObject({
    kind: "proxy-login-rejected",
  });
});

test.each(["socks5", "http"] as const)("a %s proxy is asked for an IPv6 address", async (kind) => {
  const { greeting, asked } = await greetThrough({ server: { kind }, host: "::1" });
  expect({ greeting, asked }).toEqual({
    greeting: "220 hello\r\n",
    asked: [kind === "http" ? "::1" : "0000:0000:0000:0000:0000:0000:0000:0001"],
  });
});

test.each([
  ["socks5", 1, "it gives no reason"],
  ["socks5", 2, "its rules do not allow it"],
  ["socks5", 3, "the network cannot be reached"],
  ["socks5", 4, "the host cannot be reached"],
  ["socks5", 5, "the server refused the connection"],
  ["socks5", 6, "the server did not answer in time"],
  ["socks5", 7, "it does not open connections"],
  ["socks5", 8, "it does not know this kind of address"],
  ["socks4a", 91, "it gives no reason"],
  ["http", 403, "403 No"],
  ["http", 504, "504 No"],
] as const)("a %s proxy's refusal %i is told as %j", async (kind, refusal, reason) => {
  await expect(greetThrough({ server: { kind, refusal } })).rejects.toMatchObject({
    kind: "proxy-failed",
    message: expect.stringMatching(new RegExp(`^The proxy did not connect to 127\\.0\\.0\\.1:\\d+: ${reason}$`)),
  });
});
