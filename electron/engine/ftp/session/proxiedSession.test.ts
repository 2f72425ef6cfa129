import { expect, test } from "vitest";
import { startProxyServer } from "../../../../e2e/ftpd/proxyServer.ts";
import type { OpenSessionOptions, RemoteSession } from "../../sessions/remoteSession.ts";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testDataConnections, testOptions } from "../testing/openTestSession.ts";
import { type Peer, scriptedServer } from "../testing/scriptedServer.ts";

const host = "ftp.harbour.invalid";

/** A session with `script` after the login, through a proxy that alone knows the server's name; gives the names it was asked for. */
async function throughProxy(
  script: (peer: Peer) => Promise<void>,
  act: (session: RemoteSession) => Promise<unknown>,
  changes: Partial<OpenSessionOptions> = {},
) {
  const proxyServer = await startProxyServer({ kind: "socks5", names: { [host]: "127.0.0.1" } });
  const server = await scriptedServer(async (peer) => {
    await peer.acceptLogin();
    await script(peer);
  });
  const proxy = { kind: "socks5", host: "127.0.0.1", port: proxyServer.port, user: "", password: "" } as const;
  try {
    const session = await openFtpSession(testOptions(server.port, { host, proxy, ...changes }), patient);
    await act(session);
    await session.close();
    await server.finished();
    return proxyServer.targets.map((target) => target.replace(/:\d+$/, ""));
  } catch (error) {
    throw server.complaint() ?? error;
  } finally {
    await proxyServer.close();
    await server.close();
  }
}

async function sendListing(peer: Peer, data: ReturnType<Peer["listen"]>): Promise<void> {
  await peer.expectThenSay("LIST", "150 here");
  const listed = await (await data).data;
  await listed.send("-rw-r--r-- 1 ftp ftp 5 Nov 01 2007 harbour.txt\r\n");
  listed.end();
  peer.say("226 done");
  await peer.expectThenSay("QUIT", "221 bye");
}

const list = (names: string[]) => (session: RemoteSession) =>
  session.list("/pub", (entries) => names.push(...entries.map(({ name }) => name)), patient);

test("data connections go to the same name through the same proxy", async () => {
  const names: string[] = [];
  const targets = await throughProxy(async (peer) => {
    await peer.expectThenSay("CWD /pub", "250 there");
    const data = peer.passive();
    await data;
    await sendListing(peer, data);
  }, list(names));
  expect({ names, targets }).toEqual({ names: ["harbour.txt"], targets: [host, host] });
});

test("an address that PASV announces is not trusted: the name is asked for again", async () => {
  const names: string[] = [];
  const targets = await throughProxy(async (peer) => {
    await peer.expectThenSay("CWD /pub", "250 there");
    await peer.expectThenSay("EPSV", "500 what");
    const data = await peer.listen();
    const port = `${data.port >> 8},${data.port & 255}`;
    await peer.expectThenSay("PASV", `227 Entering Passive Mode (203,0,113,9,${port})`);
    await sendListing(peer, Promise.resolve(data));
  }, list(names));
  expect({ names, targets }).toEqual({ names: ["harbour.txt"], targets: [host, host] });
});

test("automatic never asks the server to connect to us", async () => {
  await throughProxy(
    async (peer) => {
      await peer.expectThenSay("CWD /pub", "250 there");
      await peer.expectThenSay("EPSV", "500 what");
      await peer.expectThenSay("PASV", "500 what");
      await peer.expectThenSay("QUIT", "221 bye");
    },
    (session) => expect(list([])(session)).rejects.toMatchObject({ kind: "data-connection-failed" }),
  );
});

test("a site in active mode is told why it cannot", async () => {
  await throughProxy(
    async (peer) => {
      await peer.expectThenSay("CWD /pub", "250 there");
      await peer.expectThenSay("QUIT", "221 bye");
    },
    (session) =>
      expect(list([])(session)).rejects.toMatchObject({
        kind: "data-connection-failed",
        message: expect.stringContaining("bypass the proxy"),
      }),
    { dataConnections: testDataConnections({ mode: "active" }) },
  );
});
