import { describe, expect, test } from "vitest";
import { startProxyServer } from "../../../../e2e/ftpd/proxyServer.ts";
import type { OpenSessionOptions, ProxyServer } from "../../sessions/remoteSession.ts";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testDataConnections, testOptions } from "../testing/openTestSession.ts";
import { type HostWords, type Peer, scriptedServer } from "../testing/scriptedServer.ts";

const features = ["EPSV", "SIZE"];
type Script = (peer: Peer) => Promise<void>;

type Circumstances = {
  readonly signal?: AbortSignal;
  /** What the source answers PWD and SYST with. */
  readonly words?: Partial<HostWords>;
  /** What the target is reached through. */
  readonly proxy?: ProxyServer;
};

/** Two servers that play their scripts after the login, and a file that is sent from one to the other. */
async function send(source: Script, target: Script, { signal = patient, words, proxy }: Circumstances = {}) {
  const servers = [
    await scriptedServer(async (peer) => {
      await peer.acceptLogin(features, words);
      await source(peer);
    }),
    await scriptedServer(async (peer) => {
      await peer.acceptLogin(features);
      await target(peer);
    }),
  ] as const;
  const open = ({ port }: { port: number }, changes: Partial<OpenSessionOptions> = {}) =>
    openFtpSession(testOptions(port, { dataConnections: testDataConnections(), ...changes }), patient);
  const [from, to] = [await open(servers[0]), await open(servers[1], proxy && { proxy })];
  try {
    await from.sendTo(to, "/f", "/in/f", signal);
  } finally {
    const complaint = servers[0].complaint() ?? servers[1].complaint();
    await Promise.all(servers.map((server) => (complaint ? null : server.finished())));
    await Promise.all(servers.map((server) => server.close()));
  }
}

const listen = (peer: Peer) => peer.expectThenSay("PASV", "227 Entering Passive Mode (127,0,0,1,200,10)");
const call = (peer: Peer, answer: string) => peer.expectThenSay("PORT 127,0,0,1,200,10", answer);

describe("a file that goes from server to server", () => {
  test("is complete when both have said so and name the same size", async () => {
    await send(
      async (peer) => {
        await listen(peer);
        await peer.expectThenSay("RETR /f", "150 sending", "226 sent");
        await peer.expectThenSay("SIZE /f", "213 5");
      },
      async (peer) => {
        await call(peer, "200 ok");
        await peer.expectThenSay("STOR /in/f", "150 storing", "226 stored");
        await peer.expectThenSay("SIZE /in/f", "213 5");
      },
    );
  });

  test("goes with the parts changed when the target may not connect", async () => {
    await send(
      async (peer) => {
        await listen(peer);
        await call(peer, "200 ok");
        await peer.expectThenSay("RETR /f", "150 sending", "226 sent");
        await peer.expectThenSay("SIZE /f", "213 5");
      },
      async (peer) => {
        await call(peer, "500 Illegal PORT command.");
        await listen(peer);
        await peer.expectThenSay("STOR /in/f", "150 storing", "226 stored");
        await peer.expectThenSay("SIZE /in/f", "213 5");
      },
    );
  });

  test("is named to each server in its own spelling", async () => {
    await send(
      async (peer) => {
        await listen(peer);
        await peer.expectThenSay("RETR DISK$USER:[000000]f", "150 sending", "226 sent");
        await peer.expectThenSay("SIZE DISK$USER:[000000]f", "213 5");
      },
      async (peer) => {
        await call(peer, "200 ok");
        await peer.expectThenSay("STOR /in/f", "150 storing", "226 stored");
        await peer.expectThenSay("SIZE /in/f", "213 5");
      },
      { words: { system: "VMS V8.4", folder: "DISK$USER:[DEMO]" } },
    );
  });

  test("is refused where one is behind a proxy, before anything is asked", async () => {
    const server = await startProxyServer({ kind: "socks5" });
    const proxy = { kind: "socks5", host: "127.0.0.1", port: server.port, user: "", password: "" } as const;
    const nothing = async () => {};
    try {
      await expect(send(nothing, nothing, { proxy })).rejects.toMatchObject({
        kind: "data-connection-failed",
        message: expect.stringContaining("proxy"),
      });
    } finally {
      await server.close();
    }
  });

  test("is refused when neither server lets the other connect", async () => {
    const sending = send(
      async (peer) => {
        await listen(peer);
        await call(peer, "500 Illegal PORT command.");
      },
      async (peer) => {
        await call(peer, "500 Illegal PORT command.");
        await listen(peer);
      },
    );
    await expect(sending).rejects.toMatchObject({ kind: "unsupported-command" });
  });

  test("never leads to a port that belongs to no FTP server", async () => {
    const sending = send(
      (peer) => peer.expectThenSay("PASV", "227 Entering Passive Mode (127,0,0,1,0,25)"),
      async () => {},
    );
    await expect(sending).rejects.toMatchObject({ kind: "data-connection-failed" });
  });

  test("is stopped at both ends when one refuses", async () => {
    const sending = send(
      async (peer) => {
        await listen(peer);
        await peer.expectThenSay("RETR /f", "150 sending");
        await peer.expectThenSay("ABOR", "426 cut", "226 aborted");
      },
      async (peer) => {
        await call(peer, "200 ok");
        await peer.expectThenSay("STOR /in/f", "452 No space left.");
      },
    );
    await expect(sending).rejects.toMatchObject({ kind: "remote-full" });
  });

  test("is stopped at both ends when the user gives up", async () => {
    const stop = new AbortController();
    const sending = send(
      async (peer) => {
        await listen(peer);
        await peer.expectThenSay("RETR /f", "150 sending");
        await peer.expectThenSay("ABOR", "426 cut", "226 aborted");
      },
      async (peer) => {
        await call(peer, "200 ok");
        await peer.expectThenSay("STOR /in/f", "150 storing");
        stop.abort();
        await peer.expectThenSay("ABOR", "426 cut", "226 aborted");
      },
      { signal: stop.signal },
    );
    await expect(sending).rejects.toMatchObject({ kind: "cancelled" });
  });

  test("is incomplete when the sizes differ", async () => {
    const sending = send(
      async (peer) => {
        await listen(peer);
        await peer.expectThenSay("RETR /f", "150 sending", "226 sent");
        await peer.expectThenSay("SIZE /f", "213 5");
      },
      async (peer) => {
        await call(peer, "200 ok");
        await peer.expectThenSay("STOR /in/f", "150 storing", "226 stored");
        await peer.expectThenSay("SIZE /in/f", "213 4");
      },
    );
    await expect(sending).rejects.toMatchObject({ kind: "incomplete" });
  });
});
