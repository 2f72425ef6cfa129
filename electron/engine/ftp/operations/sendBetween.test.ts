import { describe, expect, test } from "vitest";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testDataConnections, testOptions } from "../testing/openTestSession.ts";
import { type Peer, scriptedServer } from "../testing/scriptedServer.ts";

const features = ["EPSV", "SIZE"];
type Script = (peer: Peer) => Promise<void>;

/** Two servers that play their scripts after the login, and a file that is sent from one to the other. */
async function send(source: Script, target: Script, signal = patient): Promise<void> {
  const play = (script: Script) => async (peer: Peer) => {
    await peer.acceptLogin(features);
    await script(peer);
  };
  const servers = [await scriptedServer(play(source)), await scriptedServer(play(target))] as const;
  const open = ({ port }: { port: number }) =>
    openFtpSession(testOptions(port, { dataConnections: testDataConnections() }), patient);
  const [from, to] = [await open(servers[0]), await open(servers[1])];
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
      stop.signal,
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
