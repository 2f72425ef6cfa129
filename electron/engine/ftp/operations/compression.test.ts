import { EOL } from "node:os";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Entry } from "../../../../shared/models/entry.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { patient, withSession } from "../testing/openTestSession.ts";
import type { Peer } from "../testing/scriptedServer.ts";

const features = ["EPSV", "SIZE", "REST STREAM", "MODE Z"];
const compressing = { features, compresses: true };

async function fetch(
  session: RemoteSession,
  path: string,
  size: number,
  { offset = 0, isText = false } = {},
): Promise<string> {
  const pieces: Buffer[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes)) };
  await session.download({ path, offset, size, sink, onBytes: () => {}, isText }, patient);
  return Buffer.concat(pieces).toString();
}

async function serve(peer: Peer, command: string, bytes: string | Uint8Array): Promise<void> {
  const { data } = await peer.passive();
  await peer.expectThenSay(command, "150 opening");
  const connection = await data;
  await connection.send(bytes);
  connection.end();
  peer.say("226 done");
}

describe("a site that compresses", () => {
  test("goes over to MODE Z for what shrinks, and back for what does not", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("MODE Z", "200 Z");
        await serve(peer, "RETR /a.txt", deflateSync(Buffer.from("hello")));
        await serve(peer, "RETR /b.txt", deflateSync(Buffer.from("again")));
        await peer.expectThenSay("MODE S", "200 S");
        await serve(peer, "RETR /c.zip", "zipped");
      },
      async (session) => {
        expect(await fetch(session, "/a.txt", 5)).toBe("hello");
        expect(await fetch(session, "/b.txt", 5)).toBe("again");
        expect(await fetch(session, "/c.zip", 6)).toBe("zipped");
      },
      compressing,
    );
  });

  test("lists in MODE Z", async () => {
    const entries: Entry[] = [];
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /", "250 ok");
        await peer.expectThenSay("MODE Z", "200 Z");
        await serve(peer, "LIST", deflateSync("-rw-r--r-- 1 ftp ftp 5 Jan 02 2020 a.txt\r\n".repeat(2)));
      },
      (session) => session.list("/", (batch) => entries.push(...batch), patient),
      compressing,
    );
    expect(entries.map(({ name }) => name)).toContain("a.txt");
  });

  test("brings text as it is, by the stream mode", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("MODE Z", "200 Z");
        await serve(peer, "RETR /a.txt", deflateSync(Buffer.from("hello")));
        await peer.expectThenSay("TYPE A", "200 A");
        await peer.expectThenSay("MODE S", "200 S");
        await serve(peer, "RETR /a.txt", "one\r\ntwo\r\n");
      },
      async (session) => {
        expect(await fetch(session, "/a.txt", 5)).toBe("hello");
        expect(await fetch(session, "/a.txt", 10, { isText: true })).toBe(["one", "two", ""].join(EOL));
      },
      compressing,
    );
  });

  test("uploads as it is: ProFTPD 1.3.8 writes other bytes than a deflated upload holds", async () => {
    await withSession(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expectThenSay("STOR /a.log", "150 send");
        expect((await (await data).receiveAll()).toString()).toBe("hello");
        peer.say("226 done");
      },
      async (session) => {
        const parts = [Buffer.from("hello"), Buffer.alloc(0)];
        const read = async (into: Uint8Array) => {
          const part = parts.shift() ?? Buffer.alloc(0);
          into.set(part);
          return part.length;
        };
        const source = { read };
        await session.upload({ path: "/a.log", offset: 0, length: 5, source, onBytes: () => {} }, patient);
      },
      compressing,
    );
  });

  test("continues a file in stream mode", async () => {
    await withSession(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expectThenSay("REST 3", "350 ok");
        await peer.expectThenSay("RETR /a.txt", "150 opening");
        await (await data).send("lo");
        (await data).end();
        peer.say("226 done");
      },
      async (session) => expect(await fetch(session, "/a.txt", 5, { offset: 3 })).toBe("lo"),
      compressing,
    );
  });

  test("does without when the server refuses what it offers, and asks once", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("MODE Z", "504 not now");
        await serve(peer, "RETR /a.txt", "hello");
        await serve(peer, "RETR /a.txt", "hello");
      },
      async (session) => {
        expect(await fetch(session, "/a.txt", 5)).toBe("hello");
        expect(await fetch(session, "/a.txt", 5)).toBe("hello");
      },
      compressing,
    );
  });

  test("rejects a download whose compressed data is damaged, and the session stays in step", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("MODE Z", "200 Z");
        const { data } = await peer.passive();
        await peer.expectThenSay("RETR /a.txt", "150 opening");
        await (await data).send("this is not deflated");
        await peer.expectThenSay("ABOR", "426 cut", "226 aborted");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(fetch(session, "/a.txt", 5)).rejects.toMatchObject({ kind: "incomplete" });
        await session.keepAlive(patient);
      },
      compressing,
    );
  });

  test("never compresses where the site does not ask, or the server does not offer", async () => {
    const plain = (peer: Peer) => serve(peer, "RETR /a.txt", "hello");
    const act = async (session: RemoteSession) => expect(await fetch(session, "/a.txt", 5)).toBe("hello");
    await withSession(plain, act, { features });
    await withSession(plain, act, { features: ["EPSV"], compresses: true });
  });
});
