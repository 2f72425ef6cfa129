import { describe, expect, test } from "vitest";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { patient, withSession } from "../testing/openTestSession.ts";
import type { DataPeer, Peer } from "../testing/scriptedServer.ts";

const asVsftpd = { words: { typeReply: "200 Switching to Binary mode." } };

async function fetch(session: RemoteSession, path: string, signal = patient, next = {}): Promise<string> {
  const pieces: string[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes).toString("latin1")) };
  await session.download({ path, offset: 0, size: null, sink, onBytes: () => {}, ...next }, signal);
  return pieces.join("");
}

/** Another small file follows. */
function fetchOneOfMany(session: RemoteSession, path: string, signal = patient): Promise<string> {
  return fetch(session, path, signal, { size: 2, isFollowed: true });
}

async function put(session: RemoteSession, path: string, text: string): Promise<number> {
  let counted = 0;
  const onBytes = (count: number) => {
    counted += count;
  };
  const pieces = [Buffer.from(text)];
  const read = async (into: Uint8Array) => {
    const piece = pieces.shift();
    if (piece) into.set(piece);
    return piece?.length ?? 0;
  };
  await session.upload({ path, offset: 0, length: text.length, source: { read }, onBytes }, patient);
  return counted;
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

/** An upload is announced when its connection stands: who is killed before that leaves no empty, locked file. */
async function expectStore(peer: Peer, command: string): Promise<DataPeer> {
  const { data } = await peer.passive();
  const connected = await data;
  await peer.expect(command);
  return connected;
}

describe("on a server that bears it, the passive command and the transfer command leave together", () => {
  test("once a data connection has come about that way; an upload waits for its connection", async () => {
    await withSession(
      async (peer) => {
        await serveFirst(peer);
        const down = await expectTogether(peer, "RETR /second");
        peer.say("150 opening");
        await finish(peer, await down, "22");
        const up = await expectStore(peer, "STOR /third");
        peer.say("150 send");
        expect((await up.receiveAll()).toString()).toBe("333");
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

describe("on such a server the next small file's port is asked for along with the one before", () => {
  /** The transfer command, and the passive command of the next one, before either is answered. */
  async function expectAhead(peer: Peer, command: string) {
    await peer.expect(command);
    await peer.expect("EPSV");
    const next = await peer.listen();
    return { data: next.data, answer: `229 Entering Extended Passive Mode (|||${next.port}|)` };
  }

  /** The first of many, one command after the other; the second brings the port of the third, or what is said instead. */
  async function serveTwo(peer: Peer, instead?: string) {
    await serveFirst(peer);
    await peer.expect("EPSV");
    await peer.expect("RETR /second");
    await peer.expect("EPSV");
    const second = await peer.listen();
    peer.say(`229 Entering Extended Passive Mode (|||${second.port}|)`, "150 opening");
    const data = await second.data;
    await data.send("22");
    data.end();
    const third = await peer.listen();
    peer.say("226 done", instead ?? `229 Entering Extended Passive Mode (|||${third.port}|)`);
    return { third: third.data };
  }

  test("the connection is there when the transfer command is, and every port is used once", async () => {
    await withSession(
      async (peer) => {
        const { third } = await serveTwo(peer);
        const fourth = await expectAhead(peer, "RETR /third");
        peer.say("150 opening");
        const data = await third;
        await data.send("33");
        data.end();
        peer.say("226 done", fourth.answer);
        await peer.expect("RETR /fourth");
        peer.say("150 opening");
        await finish(peer, await fourth.data, "44");
        await peer.expectThenSay("NOOP", "200 here");
      },
      async (session) => {
        await fetch(session, "/first");
        const rest = [await fetchOneOfMany(session, "/second"), await fetchOneOfMany(session, "/third")];
        expect([...rest, await fetch(session, "/fourth")]).toEqual(["22", "33", "44"]);
        await session.keepAlive(patient);
      },
      asVsftpd,
    );
  });

  test("a file that is refused spoils neither the dialogue nor the next one", async () => {
    await withSession(
      async (peer) => {
        const { third } = await serveTwo(peer);
        const fourth = await expectAhead(peer, "RETR /gone");
        peer.say("550 no such file", fourth.answer);
        await (await third).receiveAll();
        const again = await expectTogether(peer, "RETR /fourth");
        peer.say("150 opening");
        await finish(peer, await again, "44");
      },
      async (session) => {
        await fetch(session, "/first");
        await fetchOneOfMany(session, "/second");
        await expect(fetchOneOfMany(session, "/gone")).rejects.toMatchObject({ kind: "not-found" });
        expect(await fetch(session, "/fourth")).toBe("44");
      },
      asVsftpd,
    );
  });

  test("where the port is refused the next file asks again", async () => {
    await withSession(
      async (peer) => {
        await serveTwo(peer, "425 no port left");
        const third = await expectTogether(peer, "RETR /third");
        peer.say("150 opening");
        await finish(peer, await third, "33");
      },
      async (session) => {
        await fetch(session, "/first");
        await fetchOneOfMany(session, "/second");
        expect(await fetch(session, "/third")).toBe("33");
      },
      asVsftpd,
    );
  });

  test("a listing that comes first takes it, and the next file asks for its own", async () => {
    await withSession(
      async (peer) => {
        const { third: listing } = await serveTwo(peer);
        await peer.expectThenSay("CWD /", "250 here");
        await peer.expect("LIST -a");
        peer.say("150 opening");
        await finish(peer, await listing, "drwxr-xr-x 2 ftp ftp 512 Oct 22 13:06 .\r\n");
        const third = await expectTogether(peer, "RETR /third");
        peer.say("150 opening");
        await finish(peer, await third, "33");
      },
      async (session) => {
        await fetch(session, "/first");
        await fetchOneOfMany(session, "/second");
        await session.list("/", () => {}, patient);
        expect(await fetch(session, "/third")).toBe("33");
      },
      asVsftpd,
    );
  });
});

describe("on such a server a small upload does not wait for the server's consent", () => {
  test("its bytes are there before the 150, and count once the server has agreed", async () => {
    await withSession(
      async (peer) => {
        await serveFirst(peer);
        const up = await expectStore(peer, "STOR /third");
        expect((await up.receiveAll()).toString()).toBe("333");
        peer.say("150 send", "226 kept");
      },
      async (session) => {
        await fetch(session, "/first");
        expect(await put(session, "/third", "333")).toBe(3);
      },
      asVsftpd,
    );
  });

  test("one that is refused has sent nothing that counts", async () => {
    await withSession(
      async (peer) => {
        await serveFirst(peer);
        const up = await expectStore(peer, "STOR /third");
        await up.receiveAll();
        peer.say("553 not here");
        await peer.expectThenSay("NOOP", "200 here");
      },
      async (session) => {
        await fetch(session, "/first");
        let counted = 0;
        const onBytes = (count: number) => {
          counted += count;
        };
        const source = { read: async () => 0 };
        const request = { path: "/third", offset: 0, length: 0, source, onBytes };
        await expect(session.upload(request, patient)).rejects.toMatchObject({ kind: "name-not-allowed" });
        expect(counted).toBe(0);
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
