import { describe, expect, test } from "vitest";
import type { Entry } from "../../../../shared/models/entry.ts";
import { nothingKnown, type ServerFacts } from "../../../../shared/models/serverFacts.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { patient, withSession } from "../testing/openTestSession.ts";
import type { Peer } from "../testing/scriptedServer.ts";

/** Plays lines of alternating client command and server reply. */
function lines(...script: readonly string[]): (peer: Peer) => Promise<void> {
  return async (peer) => {
    for (let at = 0; at < script.length; at += 2)
      await peer.expectThenSay(script[at] ?? "", ...(script[at + 1] ?? "").split("|"));
  };
}

async function listing(peer: Peer, command: string, text: string): Promise<void> {
  const { data } = await peer.passive();
  await peer.expectThenSay(command, "150 here");
  const connection = await data;
  await connection.send(text);
  connection.end();
  peer.say("226 done");
}

describe("RMDA", () => {
  test("deletes a folder with all it holds, where the server offers it", async () => {
    await withSession(
      lines("RMDA /d", "250 gone"),
      async (session) => {
        expect(session.can.removeTree).toBe(true);
        await session.removeTree("/d", patient);
      },
      { features: ["RMDA <directory>"] },
    );
    await withSession(lines(), async (session) => expect(session.can.removeTree).toBe(false), { features: ["SIZE"] });
  });

  test("a refusal is told with the path", async () => {
    await withSession(
      lines("RMDA /d", "550 Permission denied"),
      async (session) =>
        await expect(session.removeTree("/d", patient)).rejects.toMatchObject({
          kind: "permission-denied",
          path: "/d",
        }),
      { features: ["RMDA <directory>"] },
    );
  });
});

describe("the other way to look at a folder", () => {
  const link = "lrwxrwxrwx 1 a b 7 Nov 01  2007 gone -> nowhere\r\n";

  async function hidden(session: RemoteSession): Promise<string[]> {
    const entries: Entry[] = [];
    await session.listHidden("/d", (batch) => entries.push(...batch), patient);
    return entries.map(({ name, type }) => `${name} ${type}`);
  }

  test("LIST -a shows links as links, on a server that lists by MLSD", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /d", "250 ok");
        await listing(peer, "LIST -a", link);
      },
      async (session) => {
        expect(session.can.showLinks).toBe(false);
        expect(await hidden(session)).toEqual(["gone symlink"]);
      },
      { features: ["MLST type*;size*;"] },
    );
  });

  test("a server that takes the option for a name is asked without it", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /d", "250 ok");
        await peer.passive();
        await peer.expectThenSay("LIST -a", "550 -a: no such file");
        await listing(peer, "LIST", link);
      },
      async (session) => expect(await hidden(session)).toEqual(["gone symlink"]),
      { features: ["MLST type*;size*;"] },
    );
  });

  test("a server that refuses both shows nothing", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /d", "250 ok");
        for (const command of ["LIST -a", "LIST"]) {
          await peer.passive();
          await peer.expectThenSay(command, "502 not here");
        }
      },
      async (session) => expect(await hidden(session)).toEqual([]),
      { features: ["MLST type*;size*;"] },
    );
  });
});

test("a server that offers REST and does not know it is not asked again, in this session or the next", async () => {
  const news: Partial<ServerFacts>[] = [];
  const facts = { recall: () => nothingKnown, note: (learnt: Partial<ServerFacts>) => news.push(learnt) };
  const request = { path: "/f", offset: 10, size: 20, sink: { write: async () => {} }, onBytes: () => {} };
  await withSession(
    async (peer) => {
      await peer.passive();
      await peer.expectThenSay("REST 10", "502 not here");
    },
    async (session) => {
      expect([session.can.resumeDownload, session.can.resumeUpload]).toEqual([true, true]);
      await expect(session.download(request, patient)).rejects.toMatchObject({ kind: "resume-refused" });
      expect(session.can.resumeDownload).toBe(false);
    },
    { features: ["REST STREAM", "SIZE"], facts },
  );
  expect(news).toEqual([{ restIsRefused: true }]);
});
