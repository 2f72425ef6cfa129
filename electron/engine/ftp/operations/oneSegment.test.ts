import { describe, expect, test } from "vitest";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { patient, withSession } from "../testing/openTestSession.ts";
import type { DataPeer, Peer } from "../testing/scriptedServer.ts";

const asVsftpd = { words: { typeReply: "200 Switching to Binary mode." } };

async function fetch(session: RemoteSession, path: string, signal = patient): Promise<string> {
  const pieces: string[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes).toString("latin1")) };
  await session.download({ path, offset: 0, size: null, sink, onBytes: () => {} }, signal);
  return pieces.join("");
}

async function put(session: RemoteSession, path: string, text: string): Promise<void> {
  const pieces = [Buffer.from(text)];
  const read = async (into: Uint8Array) => {
    const piece = pieces.shift();
    if (piece) into.set(piece);
    return piece?.length ?? 0;
  };
  await session.upload({ path, offset: 0, length: text.length, source: { read }, onBytes: () => {} }, patient);
}

/** One command after the other, as with any server: the way has to work once first. */
async function serveFirst(peer: Peer): Promise<void> {
  const { data } = await peer.passive();
  await peer.expectThenSay("RETR /first", "150 opening");
  await finish(peer, await data, "1");
}

async function finish(peer: Peer, data: DataPeer, text: string): Promise<void> {
  await data.send(text);
  data.end();
  peer.say("226 done");
}

/** Both commands have to be there before either is answered. */
async function expectTogether(peer: Peer, command: string) {
  await peer.expect("EPSV");
  await peer.expect(command);
  const { data, port } = await peer.listen();
  peer.say(`229 Entering Extended Passive Mode (|||${port}|)`);
  return data;
}

describe("on a server that bears it, the passive command and the transfer command leave together", () => {
  test("once a data connection has come about that way, in both directions", async () => {
    await withSession(
      async (peer) => {
        await serveFirst(peer);
        const down = await expectTogether(peer, "RETR /second");
        peer.say("150 opening");
        await finish(peer, await down, "22");
        const up = await expectTogether(peer, "STOR /third");
        peer.say("150 send");
        expect((await (await up).receiveAll()).toString()).toBe("333");
        peer.say("226 kept");
      },
      async (session) => {
        expect([await fetch(session, "/first"), await fetch(session, "/second")]).toEqual(["1", "22"]);
        await put(session, "/third", "333");
      },
      asVsftpd,
    );
  });

  test("a refusal of the file leaves the session in step", async () => {
    await withSession(
      async (peer) => {
        await serveFirst(peer);
        const data = await expectTogether(peer, "RETR /gone");
        peer.say("550 no such file");
        await (await data).receiveAll();
        await peer.expectThenSay("NOOP", "200 here");
      },
      async (session) => {
        await fetch(session, "/first");
        await expect(fetch(session, "/gone")).rejects.toMatchObject({ kind: "not-found" });
        await session.keepAlive(patient);
      },
      asVsftpd,
    );
  });

  test("where no data connection comes of it, the transfer goes on with one command at a time", async () => {
    await withSession(
      async (peer) => {
        await serveFirst(peer);
        await peer.expect("EPSV");
        await peer.expect("RETR /second");
        peer.say("425 cannot open a port");
        peer.say("425 use PORT or PASV first");
        const { data } = await peer.passive();
        await peer.expectThenSay("RETR /second", "150 opening");
        await finish(peer, await data, "22");
      },
      async (session) => {
        await fetch(session, "/first");
        expect(await fetch(session, "/second")).toBe("22");
      },
      asVsftpd,
    );
  });

  test("stopped while the data connection is coming, nothing is left half said", async () => {
    const abort = new AbortController();
    await withSession(
      async (peer) => {
        await serveFirst(peer);
        await peer.expect("EPSV");
        await peer.expect("RETR /second");
        abort.abort();
        await peer.expect("ABOR");
        peer.say("425 no data connection", "425 aborted", "226 ABOR done");
        await peer.expectThenSay("NOOP", "200 here");
      },
      async (session) => {
        await fetch(session, "/first");
        await expect(fetch(session, "/second", abort.signal)).rejects.toMatchObject({ kind: "cancelled" });
        await session.keepAlive(patient);
      },
      asVsftpd,
    );
  });
});

test("on any other server each command waits for the reply to the one before", async () => {
  await withSession(
    async (peer) => {
      await serveFirst(peer);
      const { data } = await peer.passive(); // says 229 only when nothing else has been sent
      await peer.expectThenSay("RETR /second", "150 opening");
      await finish(peer, await data, "22");
    },
    async (session) => {
      await fetch(session, "/first");
      expect(await fetch(session, "/second")).toBe("22");
    },
  );
});
