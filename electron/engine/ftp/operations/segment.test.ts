import { describe, expect, test } from "vitest";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { patient, withSession } from "../testing/openTestSession.ts";
import type { DataPeer, Peer } from "../testing/scriptedServer.ts";

const size = 4_000_000;
const file = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) & 0xff));

async function fetch(session: RemoteSession, offset: number, endOffset: () => number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes)) };
  await session.download({ path: "/f.txt", offset, size, endOffset, sink, onBytes: () => {} }, patient);
  return Buffer.concat(pieces);
}

async function begin(peer: Peer, offset: number): Promise<DataPeer> {
  const { data } = await peer.passive();
  if (offset > 0) await peer.expectThenSay(`REST ${offset}`, "350 ok");
  await peer.expectThenSay("RETR /f.txt", "150 opening");
  return data;
}

describe("a download that stops before the end of the file", () => {
  test("gives exactly its bytes, and the session answers the next command", async () => {
    await withSession(
      async (peer) => {
        const data = await begin(peer, 1000);
        data.send(file.subarray(1000)).catch(() => {});
        await peer.expectThenSay("ABOR", "426 cut", "226 aborted");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        const bytes = await fetch(session, 1000, () => 1_500_123);
        expect(bytes.equals(file.subarray(1000, 1_500_123))).toBe(true);
        await session.keepAlive(patient);
      },
    );
  });

  test("stops where its end has moved to meanwhile", async () => {
    let end = size;
    await withSession(
      async (peer) => {
        const data = await begin(peer, 0);
        await data.send(file.subarray(0, 100_000));
        end = 2_000_000;
        data.send(file.subarray(100_000)).catch(() => {});
        await peer.expectThenSay("ABOR", "426 cut", "225 nothing runs");
      },
      async (session) => {
        expect((await fetch(session, 0, () => end)).equals(file.subarray(0, 2_000_000))).toBe(true);
      },
    );
  });

  test("is incomplete when less comes", async () => {
    await withSession(
      async (peer) => {
        const short = await begin(peer, 3_999_000);
        await short.send(file.subarray(3_999_000, 3_999_100));
        short.end();
        peer.say("226 done");
      },
      async (session) => {
        await expect(fetch(session, 3_999_000, () => 3_999_500)).rejects.toMatchObject({ kind: "incomplete" });
      },
    );
  });

  test("ends like any other where its end is that of the file", async () => {
    await withSession(
      async (peer) => {
        const data = await begin(peer, 3_000_000);
        await data.send(file.subarray(3_000_000));
        data.end();
        peer.say("226 done");
      },
      async (session) => {
        expect((await fetch(session, 3_000_000, () => size)).equals(file.subarray(3_000_000))).toBe(true);
      },
    );
  });

  test("never travels deflated", async () => {
    await withSession(
      async (peer) => {
        const data = await begin(peer, 0);
        data.send(file).catch(() => {});
        await peer.expectThenSay("ABOR", "426 cut", "226 aborted");
      },
      async (session) => expect((await fetch(session, 0, () => 1000)).length).toBe(1000),
      { features: ["EPSV", "SIZE", "REST STREAM", "MODE Z"], compresses: true },
    );
  });
});
