import { expect, test } from "vitest";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { patient, withSession } from "../testing/openTestSession.ts";

/** Downloads as text into memory. */
async function fetchText(session: RemoteSession, { offset = 0, size = 5 } = {}) {
  const pieces: Buffer[] = [];
  let counted = 0;
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes)) };
  const onBytes = (count: number) => {
    counted += count;
  };
  await session.download({ path: "/f", offset, size, sink, onBytes, isText: true }, patient);
  return { text: Buffer.concat(pieces).toString("latin1"), counted };
}

async function sendText(session: RemoteSession, text: string, { offset = 0, length = text.length } = {}) {
  let rest = Buffer.from(text, "latin1");
  let counted = 0;
  const read = async (into: Uint8Array) => {
    const count = rest.copy(into);
    rest = rest.subarray(count);
    return count;
  };
  const onBytes = (count: number) => {
    counted += count;
  };
  await session.upload({ path: "/f", offset, length, source: { read }, onBytes, isText: true }, patient);
  return counted;
}

test.skipIf(process.platform === "win32")("text comes in TYPE A, and what a size says does not count", async () => {
  await withSession(
    async (peer) => {
      await peer.expectThenSay("TYPE A", "200 text");
      for (const wire of ["one\r\ntwo\r", "\nthree\nfour\rfive"]) {
        const { data } = await peer.passive(); // TYPE A is in force still
        await peer.expectThenSay("RETR /f", "150 opening");
        await (await data).send(wire);
        (await data).end();
        peer.say("226 done");
      }
      await peer.expectThenSay("TYPE I", "200 bytes again");
      await peer.expectThenSay("SIZE /f", "213 9");
      await peer.expectThenSay("MDTM /f", "213 20200229123456");
    },
    async (session) => {
      expect(await fetchText(session)).toEqual({ text: "one\ntwo\r", counted: 8 });
      expect(await fetchText(session)).toEqual({ text: "\nthree\nfour\rfive", counted: 16 });
      expect(await session.stat("/f", patient)).toMatchObject({ size: 9 });
    },
  );
});

test("text goes in TYPE A, and its size is asked in TYPE I", async () => {
  const received: string[] = [];
  await withSession(
    async (peer) => {
      await peer.expectThenSay("TYPE A", "200 text");
      const { data } = await peer.passive();
      await peer.expectThenSay("STOR /f", "150 go on");
      received.push((await (await data).receiveAll()).toString("latin1"));
      peer.say("226 done");
      await peer.expectThenSay("TYPE I", "200 bytes again");
      await peer.expectThenSay("SIZE /f", "213 9");
    },
    async (session) => {
      expect(await sendText(session, "a\nb\r\nc\r")).toBe(7);
      expect(await session.finishUpload("/f", null, patient)).toBe(9);
    },
  );
  expect(received).toEqual(["a\r\nb\r\nc\r"]);
});

test("text is never begun in its middle", async () => {
  await withSession(
    async (peer) => peer.expectThenSay("TYPE A", "200 text"),
    async (session) => {
      await expect(fetchText(session, { offset: 3 })).rejects.toMatchObject({ kind: "resume-refused" });
      await expect(sendText(session, "text", { offset: 3 })).rejects.toMatchObject({ kind: "resume-refused" });
    },
  );
});

test("text that ends early on the disk does not become a whole file on the server", async () => {
  await withSession(
    async (peer) => {
      await peer.expectThenSay("TYPE A", "200 text");
      const { data } = await peer.passive();
      await peer.expectThenSay("STOR /f", "150 go on");
      await data;
      await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
    },
    async (session) => {
      await expect(sendText(session, "short", { length: 6 })).rejects.toMatchObject({ kind: "local-changed" });
    },
  );
});

test("a server without TYPE A is not sent text as something else", async () => {
  await withSession(
    async (peer) => {
      await peer.expectThenSay("TYPE A", "504 only images");
      await peer.expectThenSay("TYPE I", "200 yes");
      await peer.expectThenSay("NOOP", "200 here");
    },
    async (session) => {
      await expect(fetchText(session)).rejects.toMatchObject({ kind: "unsupported-command" });
      await session.keepAlive(patient);
    },
  );
});
