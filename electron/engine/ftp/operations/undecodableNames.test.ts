import { expect, test } from "vitest";
import { patient, withSession } from "../testing/openTestSession.ts";

// "\xff\x80" is no UTF-8, and nothing in GB18030; "\xff" is sent twice, for Telnet would take a single one as its own (RFC 854).
const name = "\xff\x80.txt";
const onTheLine = "\xff\xff\x80.txt";

test.each(["utf-8", "gb18030", "auto"])("a name that is no text in %s travels by its own bytes", async (encoding) => {
  await withSession(
    async (peer) => {
      const listing = await peer.passive();
      await peer.expectThenSay("MLSD /", "150 here it comes");
      await (await listing.data).send(Buffer.from(`type=file;size=5; ${name}\r\n`, "latin1"));
      (await listing.data).end();
      peer.say("226 done");
      const file = await peer.passive();
      await peer.expectThenSay(`RETR /${onTheLine}`, "150 opening");
      await (await file.data).send("hello");
      (await file.data).end();
      peer.say("226 done");
      await peer.expectThenSay(`RNFR /${onTheLine}`, "350 to what?");
      await peer.expectThenSay("RNTO /plain.txt", "250 done");
      await peer.expectThenSay(`DELE /${onTheLine}`, "250 gone");
    },
    async (session) => {
      const listed: string[] = [];
      await session.list("/", (entries) => listed.push(...entries.map(({ wireName }) => wireName)), patient);
      const path = `/${listed[0]}`;
      const pieces: Buffer[] = [];
      const sink = { write: async (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes)) };
      await session.download({ path, offset: 0, size: 5, sink, onBytes: () => {} }, patient);
      await session.rename(path, "/plain.txt", patient);
      await session.removeFile(path, patient);
      expect([listed, Buffer.concat(pieces).toString()]).toEqual([[name], "hello"]);
      expect(session.toText(name)).not.toBe("");
    },
    { encoding, features: ["EPSV", "SIZE", "MDTM", "REST STREAM", "MLST type*;size*;"] },
  );
});
