import { expect, test } from "vitest";
import type { Entry } from "../../../shared/models/entry.ts";
import { patient, withSession } from "./testing/openTestSession.ts";

test("logs in, lists, downloads and uploads", async () => {
  await withSession(
    async (peer) => {
      await peer.expectThenSay("CWD /pub", "250 there");
      const listing = await peer.passive();
      await peer.expectThenSay("LIST", "150 here it comes");
      const listed = await listing.data;
      await listed.send("total 1\r\n-rw-r--r--    1 ftp      ftp             5 Nov 01  2007 a b.txt\r\n");
      listed.end();
      peer.say("226 done");

      const download = await peer.passive();
      await peer.expectThenSay("RETR /pub/a b.txt", "150 opening");
      const sent = await download.data;
      await sent.send("hello");
      sent.end();
      peer.say("226 done");

      const upload = await peer.passive();
      await peer.expectThenSay("STOR /pub/c", "150 go");
      const received = await (await upload.data).receiveAll();
      expect(received.toString()).toBe("world!");
      peer.say("226 done");
      await peer.expectThenSay("QUIT", "221 bye");
    },
    async (session) => {
      expect(session).toMatchObject({ system: "UNIX Type: L8", encoding: "UTF-8", startFolder: "/", isUsable: true });
      const entries: Entry[] = [];
      await session.list("/pub", (batch) => entries.push(...batch), patient);
      expect(entries).toEqual([
        {
          name: "a b.txt",
          wireName: "a b.txt",
          type: "file",
          size: 5,
          modifiedMs: Date.UTC(2007, 10, 1),
          modifiedPrecision: "day",
          permissions: "rw-r--r--",
          owner: "ftp",
          group: "ftp",
          linkTarget: null,
        },
      ]);

      const pieces: Uint8Array[] = [];
      let counted = 0;
      await session.download(
        {
          path: "/pub/a b.txt",
          offset: 0,
          size: 5,
          sink: { write: async (bytes) => void pieces.push(Uint8Array.from(bytes)) },
          onBytes: (count) => {
            counted += count;
          },
        },
        patient,
      );
      expect(Buffer.concat(pieces).toString()).toBe("hello");
      expect(counted).toBe(5);

      const parts = ["world", "!"];
      await session.upload(
        {
          path: "/pub/c",
          offset: 0,
          length: 6,
          source: { read: async (into) => Buffer.from(into.buffer).write(parts.shift() ?? "") },
          onBytes: () => {},
        },
        patient,
      );
      await session.close();
      expect(session.isUsable).toBe(false);
    },
  );
});
