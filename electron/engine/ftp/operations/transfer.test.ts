import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ByteSource, RemoteSession } from "../../sessions/remoteSession.ts";
import { patient, testDataConnections, withSession } from "../testing/openTestSession.ts";
import type { DataPeer, Peer } from "../testing/scriptedServer.ts";

/** Downloads into memory. */
async function fetch(
  session: RemoteSession,
  request: { offset?: number; size?: number | null; signal?: AbortSignal; path?: string } = {},
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const { offset = 0, size = null, signal = patient, path = "/f" } = request;
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Uint8Array.from(bytes)) };
  await session.download({ path, offset, size, sink, onBytes: () => {} }, signal);
  return Buffer.concat(pieces);
}

function sourceOf(bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    read: async (into) => {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
}

function send(session: RemoteSession, bytes: Uint8Array, offset = 0, signal = patient): Promise<void> {
  const source = sourceOf(bytes.subarray(offset));
  return session.upload({ path: "/f", offset, length: bytes.length - offset, source, onBytes: () => {} }, signal);
}

async function answerEpsv(peer: Peer, command: string, ...lines: string[]): Promise<DataPeer> {
  const { data } = await peer.passive();
  await peer.expectThenSay(command, ...lines);
  return data;
}

/** The session answers a NOOP: the dialogue is in step. */
async function expectInStep(session: RemoteSession): Promise<void> {
  expect(session.isUsable).toBe(true);
  await session.keepAlive(patient);
}

describe("a download", () => {
  test("is complete when the data ended, 226 came and the size agrees, in whichever order", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        peer.say("226 done already");
        await data.send("hello");
        data.end();
      },
      async (session) => {
        expect((await fetch(session, { size: 5 })).toString()).toBe("hello");
      },
    );
  });

  test("takes data that comes before, or without, the 150", async () => {
    await withSession(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expect("RETR /f");
        const connection = await data;
        await connection.send("hello");
        connection.end();
        await connection.receiveAll();
        peer.say("226 done");
      },
      async (session) => {
        expect((await fetch(session, { size: 5 })).toString()).toBe("hello");
      },
    );
  });

  test("asks the time in one segment with the passive command", async () => {
    await withSession(
      async (peer) => {
        const { data, port } = await peer.listen();
        await peer.expect("MDTM /f");
        await peer.expect("EPSV");
        peer.say("213 20200229123456", `229 Entering Extended Passive Mode (|||${port}|)`);
        await peer.expectThenSay("RETR /f", "150 opening");
        const connection = await data;
        await connection.send("hello");
        connection.end();
        peer.say("226 done");
      },
      async (session) => {
        const times: (number | null)[] = [];
        const onModified = (modifiedMs: number | null) => times.push(modifiedMs);
        const request = {
          path: "/f",
          offset: 0,
          size: 5,
          sink: { write: async () => {} },
          onBytes: () => {},
          onModified,
        };
        await session.download(request, patient);
        expect(times).toEqual([Date.UTC(2020, 1, 29, 12, 34, 56)]);
      },
    );
  });

  test("arrives whole through a slow sink", async () => {
    const bytes = randomBytes(5_000_000);
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send(bytes);
        data.end();
        peer.say("226 done");
      },
      async (session) => {
        const pieces: Buffer[] = [];
        let counted = 0;
        const sink = {
          write: async (part: Uint8Array) => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            pieces.push(Buffer.from(part));
          },
        };
        const onBytes = (count: number) => {
          counted += count;
        };
        await session.download({ path: "/f", offset: 0, size: bytes.length, sink, onBytes }, patient);
        expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
        expect(counted).toBe(bytes.length);
      },
    );
  });

  test("is incomplete when fewer bytes came, whatever 226 says", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hell");
        data.end();
        peer.say("226 done");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(fetch(session, { size: 5 })).rejects.toMatchObject({ kind: "incomplete" });
        await expectInStep(session);
      },
    );
  });

  test("is stopped when more bytes come than the file has", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hello world");
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      },
      async (session) => {
        await expect(fetch(session, { size: 5 })).rejects.toMatchObject({ kind: "incomplete" });
        expect(session.isUsable).toBe(true);
      },
    );
  });

  test("that was resumed and begins at the start again is refused as a resume", async () => {
    await withSession(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expectThenSay("REST 3", "350 but I lie");
        await peer.expectThenSay("RETR /f", "150 opening");
        await (await data).send("hello");
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      },
      async (session) => {
        await expect(fetch(session, { offset: 3, size: 5 })).rejects.toMatchObject({ kind: "resume-refused" });
      },
    );
  });

  test("begins at the offset by REST, and the next one at the start without it", async () => {
    await withSession(
      async (peer) => {
        const first = await peer.passive();
        await peer.expectThenSay("REST 3", "350 restarting");
        await peer.expectThenSay("RETR /f", "150 opening");
        const resumed = await first.data;
        await resumed.send("lo");
        resumed.end();
        peer.say("226 done");
        const whole = await answerEpsv(peer, "RETR /f", "150 opening");
        await whole.send("hello");
        whole.end();
        peer.say("226 done");
      },
      async (session) => {
        expect((await fetch(session, { offset: 3, size: 5 })).toString()).toBe("lo");
        expect((await fetch(session, { size: 5 })).toString()).toBe("hello");
      },
    );
  });

  test("is refused as a resume when the server does not know REST", async () => {
    await withSession(
      async (peer) => {
        await peer.passive();
        await peer.expectThenSay("REST 3", "502 not implemented");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(fetch(session, { offset: 3, size: 5 })).rejects.toMatchObject({
          kind: "resume-refused",
          reply: { code: 502, text: "not implemented" },
        });
        await expectInStep(session);
      },
    );
  });

  test("takes back a REST whose transfer was refused", async () => {
    await withSession(
      async (peer) => {
        await peer.passive();
        await peer.expectThenSay("REST 3", "350 go on");
        await peer.expectThenSay("RETR /f", "450 not now");
        const { data } = await peer.passive();
        await peer.expectThenSay("REST 0", "350 from the start");
        await peer.expectThenSay("RETR /g", "150 here");
        const whole = await data;
        await whole.send("hello");
        whole.end();
        peer.say("226 done");
      },
      async (session) => {
        await expect(fetch(session, { offset: 3, size: 5 })).rejects.toMatchObject({ kind: "busy" });
        expect((await fetch(session, { path: "/g", size: 5 })).toString()).toBe("hello");
      },
    );
  });

  test("takes back a REST that was cancelled before its transfer began", async () => {
    const stop = new AbortController();
    await withSession(
      async (peer) => {
        await peer.passive();
        await peer.expect("REST 3");
        stop.abort();
        await new Promise((resolve) => setTimeout(resolve, 30));
        peer.say("350 restarting");
        const { data } = await peer.passive();
        await peer.expectThenSay("REST 0", "350 from the start");
        await peer.expectThenSay("RETR /f", "150 opening");
        const whole = await data;
        await whole.send("hello");
        whole.end();
        peer.say("226 done");
      },
      async (session) => {
        await expect(fetch(session, { offset: 3, size: 5, signal: stop.signal })).rejects.toMatchObject({
          kind: "cancelled",
        });
        expect((await fetch(session, { size: 5 })).toString()).toBe("hello");
      },
    );
  });

  test.each([
    ["550 /f: No such file or directory", "not-found"],
    ["550 /f: Permission denied", "permission-denied"],
    ["550 Failed to open file.", "not-found"],
    ["450 file busy", "busy"],
    ["425 no data connection", "data-connection-failed"],
    ["534 TLS please", "encryption-refused"],
  ])("refused with %j is %s, and the session goes on", async (line, kind) => {
    await withSession(
      async (peer) => {
        await peer.passive();
        await peer.expectThenSay("RETR /f", line);
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(fetch(session)).rejects.toMatchObject({ kind, reply: { text: line.slice(4) }, path: "/f" });
        await expectInStep(session);
      },
    );
  });

  test("cut short with 426 has failed for the reason that the server gives", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hel");
        data.reset();
        peer.say("426 the disk broke");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(fetch(session, { size: 5 })).rejects.toMatchObject({
          kind: "transfer-aborted",
          reply: { code: 426, text: "the disk broke" },
        });
        await expectInStep(session);
      },
    );
  });

  test("of which every byte came is complete although the connection was reset at its end", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hello");
        await new Promise((resolve) => setTimeout(resolve, 50)); // a reset throws away what is still on its way
        data.reset();
        peer.say("226 done");
      },
      async (session) => {
        expect((await fetch(session, { size: 5 })).toString()).toBe("hello");
      },
    );
  });

  test("times out when the data stops, and leaves the dialogue in step", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hel");
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(fetch(session, { size: 5 })).rejects.toMatchObject({ kind: "connection-timeout" });
        await expectInStep(session);
      },
      { timeoutMs: 300 },
    );
  });

  test("times out when the final reply never comes, and gives the session up", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hello");
        data.end();
        await peer.expect("ABOR");
        await peer.closed;
      },
      async (session) => {
        await expect(fetch(session, { size: 5 })).rejects.toMatchObject({ kind: "connection-timeout" });
        expect(session.isUsable).toBe(false);
      },
      { timeoutMs: 300 },
    );
  });

  test.each([
    ["426 aborted", "226 abort done"],
    ["226 it was done already", "225 nothing to abort"],
    ["451 interrupted", "502 what is ABOR"],
  ])(
    "stops at once when it is cancelled; the next operation gets its own reply after %j, %j",
    async (first, second) => {
      const stop = new AbortController();
      await withSession(
        async (peer) => {
          const data = await answerEpsv(peer, "RETR /f", "150 opening");
          await data.send("hel");
          stop.abort();
          await data.receiveAll();
          await peer.expectThenSay("ABOR", first, second);
          await peer.expectThenSay("NOOP", "200 ok");
        },
        async (session) => {
          await expect(fetch(session, { size: 5, signal: stop.signal })).rejects.toMatchObject({ kind: "cancelled" });
          await expectInStep(session);
        },
      );
    },
  );

  test("that is cancelled gives the session up when ABOR is not answered", async () => {
    const stop = new AbortController();
    await withSession(
      async (peer) => {
        await answerEpsv(peer, "RETR /f", "150 opening");
        stop.abort();
        await peer.expectThenSay("ABOR", "426 aborted");
        await peer.closed;
      },
      async (session) => {
        await expect(fetch(session, { size: 5, signal: stop.signal })).rejects.toMatchObject({ kind: "cancelled" });
        expect(session.isUsable).toBe(false);
      },
    );
  });

  test("keeps what came before the connection broke, for the resume", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send(Buffer.alloc(300_000, 1));
        await new Promise((resolve) => setTimeout(resolve, 100)); // a reset throws away what is still on its way
        data.reset();
        peer.say("426 broken");
      },
      async (session) => {
        let kept = 0;
        const sink = { write: () => new Promise<void>((resolve) => setTimeout(resolve, 50)) };
        const onBytes = (count: number) => {
          kept += count;
        };
        const request = { path: "/f", offset: 0, size: 1_000_000, sink, onBytes };
        await expect(session.download(request, patient)).rejects.toMatchObject({ kind: "transfer-aborted" });
        expect(kept).toBe(300_000);
      },
    );
  });

  test("that is cancelled settles only when its sink has let go of the buffer", async () => {
    const stop = new AbortController();
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hel");
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      },
      async (session) => {
        let isWriting = false;
        const sink = {
          write: async () => {
            isWriting = true;
            stop.abort();
            await new Promise((resolve) => setTimeout(resolve, 100));
            isWriting = false;
          },
        };
        const request = { path: "/f", offset: 0, size: 5, sink, onBytes: () => {} };
        await expect(session.download(request, stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
        expect(isWriting).toBe(false);
      },
    );
  });

  test("fails with the reason of its sink", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hel");
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      },
      async (session) => {
        const sink = {
          write: async () => {
            throw new Error("the disk is full");
          },
        };
        const request = { path: "/f", offset: 0, size: 5, sink, onBytes: () => {} };
        await expect(session.download(request, patient)).rejects.toThrow("the disk is full");
        expect(session.isUsable).toBe(true);
      },
    );
  });

  test("is lost with the control connection", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "RETR /f", "150 opening");
        await data.send("hel");
        peer.reset();
      },
      async (session) => {
        await expect(fetch(session, { size: 5 })).rejects.toMatchObject({ kind: "connection-lost" });
        expect(session.isUsable).toBe(false);
      },
    );
  });
});

describe("a data connection", () => {
  test("is asked for by PASV when EPSV is refused, and goes to the host of the session whatever address is named", async () => {
    await withSession(
      async (peer) => {
        const { data, port } = await peer.listen();
        await peer.expectThenSay("EPSV", "500 what");
        const numbers = `10,1,2,3,${Math.floor(port / 256)},${port % 256}`;
        await peer.expectThenSay("PASV", `227 Entering Passive Mode (${numbers})`);
        await peer.expectThenSay("RETR /f", "150 opening");
        (await data).end();
        peer.say("226 done");
        // What worked is remembered, and so is what the server refuses for good.
        await peer.expectThenSay("PASV", "425 no more ports");
      },
      async (session) => {
        expect(await fetch(session, { size: 0 })).toHaveLength(0);
        await expect(fetch(session)).rejects.toMatchObject({ kind: "data-connection-failed", reply: { code: 425 } });
      },
    );
  });

  test.each(["229 (|||22|)", "229 (|||99999|)", "229 no port at all"])("is never opened to %j", async (line) => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("EPSV", line);
        await peer.expectThenSay("PASV", "227 (127,0,0,1,0,22)");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(fetch(session)).rejects.toMatchObject({ kind: "data-connection-failed" });
        await expectInStep(session);
      },
      { dataConnections: testDataConnections({ mode: "passive" }) },
    );
  });
});

describe("an upload", () => {
  test("arrives whole and in order, and is done with 226", async () => {
    const bytes = randomBytes(5_000_000);
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "STOR /f", "150 go");
        expect((await data.receiveAll()).equals(bytes)).toBe(true);
        peer.say("226 done");
      },
      async (session) => {
        await send(session, bytes);
      },
    );
  });

  test("continues by REST and STOR where the server offers it", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("SIZE /f", "213 3");
        const { data } = await peer.passive();
        await peer.expectThenSay("REST 3", "350 go on");
        await peer.expectThenSay("STOR /f", "150 go");
        expect((await (await data).receiveAll()).toString()).toBe("lo");
        peer.say("226 done");
      },
      async (session) => {
        await send(session, Buffer.from("hello"), 3);
      },
    );
  });

  test("continues by APPE where it does not", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("SIZE /f", "213 3");
        const data = await answerEpsv(peer, "APPE /f", "150 go");
        expect((await data.receiveAll()).toString()).toBe("lo");
        peer.say("226 done");
        await peer.expectThenSay("SIZE /f", "213 3");
        await peer.passive();
        await peer.expectThenSay("APPE /f", "502 not here");
      },
      async (session) => {
        expect(session.can).toMatchObject({ resumeDownload: false, resumeUpload: true });
        await send(session, Buffer.from("hello"), 3);
        await expect(send(session, Buffer.from("hello"), 3)).rejects.toMatchObject({ kind: "resume-refused" });
        expect(session.can.resumeUpload).toBe(false);
      },
      { features: ["SIZE"] },
    );
  });

  test("is not continued where the target does not end", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("SIZE /f", "213 4");
      },
      async (session) => {
        await expect(send(session, Buffer.from("hello"), 3)).rejects.toMatchObject({ kind: "resume-refused" });
      },
    );
  });

  test.each([
    ["552 Quota exceeded", "remote-full"],
    ["452 Insufficient storage space", "remote-full"],
    ["550 Permission denied", "permission-denied"],
    ["553 Could not create file.", "permission-denied"],
    ["553 File name not allowed", "name-not-allowed"],
  ])("refused with %j is %s, and reads nothing", async (line, kind) => {
    await withSession(
      async (peer) => {
        await peer.passive();
        await peer.expectThenSay("STOR /f", line);
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        const source = {
          read: async () => {
            throw new Error("read although refused");
          },
        };
        const request = { path: "/f", offset: 0, length: 5, source, onBytes: () => {} };
        await expect(session.upload(request, patient)).rejects.toMatchObject({ kind });
        await expectInStep(session);
      },
    );
  });

  test("broken off by a full server is remote-full, not a lost connection", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "STOR /f", "150 go");
        data.reset();
        peer.say("452 no space left");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(send(session, randomBytes(20_000_000))).rejects.toMatchObject({ kind: "remote-full" });
        await expectInStep(session);
      },
    );
  });

  test("of a source that ends early is never ended as if it were complete", async () => {
    await withSession(
      async (peer) => {
        const data = await answerEpsv(peer, "STOR /f", "150 go");
        const ending = endingOf(data);
        await data.receiveAll();
        expect(await ending).toBe("ECONNRESET");
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      },
      async (session) => {
        const request = { path: "/f", offset: 0, length: 9, source: sourceOf(Buffer.from("hello")), onBytes: () => {} };
        await expect(session.upload(request, patient)).rejects.toMatchObject({ kind: "local-changed" });
        expect(session.isUsable).toBe(true);
      },
    );
  });

  test("stops at once when it is cancelled", async () => {
    const stop = new AbortController();
    await withSession(
      async (peer) => {
        await answerEpsv(peer, "STOR /f", "150 go"); // and reads nothing: the client waits for room
        setTimeout(() => stop.abort(), 50);
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await expect(send(session, Buffer.alloc(50_000_000), 0, stop.signal)).rejects.toMatchObject({
          kind: "cancelled",
        });
        await expectInStep(session);
      },
    );
  });

  test("times out when the server takes no more bytes", async () => {
    await withSession(
      async (peer) => {
        await answerEpsv(peer, "STOR /f", "150 go");
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      },
      async (session) => {
        await expect(send(session, Buffer.alloc(50_000_000))).rejects.toMatchObject({ kind: "connection-timeout" });
      },
      { timeoutMs: 400 },
    );
  });
});

/** How a data connection ends as the server sees it: "end" stands for a whole file. */
function endingOf({ socket }: DataPeer): Promise<string> {
  return new Promise((resolve) => {
    socket.once("end", () => resolve("end"));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
