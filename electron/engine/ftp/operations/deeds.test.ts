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

describe("SITE SYMLINK", () => {
  const offered = ["SITE MKDIR", "SITE SYMLINK"];

  test.each([
    ["/pub/a", "/pub/b", "SITE SYMLINK /pub/a /pub/b"],
    ["/pub/a b", "/pub/c", 'SITE SYMLINK "/pub/a b" /pub/c'],
  ])("links %s from %s", async (target, path, command) => {
    await withSession(
      lines(command, "200 SITE SYMLINK command successful"),
      async (session) => {
        expect(session.can.createLink).toBe(true);
        await session.createLink(target, path, patient);
      },
      { features: offered },
    );
  });

  test("a name that quotes cannot carry never reaches the server", async () => {
    await withSession(
      lines(),
      async (session) =>
        await expect(session.createLink('/a "b"', "/c", patient)).rejects.toMatchObject({ kind: "name-not-allowed" }),
      { features: offered },
    );
  });

  test("a taken name is told", async () => {
    await withSession(
      lines("SITE SYMLINK /a /b", "550 /b: File exists"),
      async (session) =>
        await expect(session.createLink("/a", "/b", patient)).rejects.toMatchObject({ kind: "already-exists" }),
      { features: offered },
    );
  });
});

describe("AVBL", () => {
  test.each([
    ["213 1073741824", 1_073_741_824],
    ["213 0", 0],
    ["550 no", null],
    ["213 plenty", null],
  ])("%s means %j", async (reply, bytes) => {
    await withSession(
      lines("AVBL /pub", reply),
      async (session) => expect(await session.freeSpace("/pub", patient)).toBe(bytes),
      { features: ["AVBL"] },
    );
  });

  test("is not asked where it is not offered", async () => {
    await withSession(lines(), async (session) => expect(await session.freeSpace("/pub", patient)).toBeNull(), {
      features: ["SIZE"],
    });
  });
});

describe("MFF and the forms of SITE UTIME", () => {
  const time = Date.UTC(2020, 1, 29, 12, 34, 56);

  test("MFF sets the time where it is offered and MFMT is not", async () => {
    await withSession(
      lines("MFF Modify=20200229123456; /f", "213 Modify=20200229123456; /f"),
      async (session) => {
        expect(session.can.setModified).toBe(true);
        expect(await session.setModified("/f", time, patient)).toBe(true);
      },
      { features: ["MFF Modify;UNIX.mode;"] },
    );
  });

  test("MFF sets permissions where SITE CHMOD is not known", async () => {
    await withSession(
      lines("SITE CHMOD 640 /f", "500 unknown", "MFF UNIX.mode=0640; /f", "213 UNIX.mode=0640; /f"),
      (session) => session.setPermissions("/f", 0o640, patient),
      { features: ["MFF Modify;UNIX.mode;"] },
    );
  });

  test("a refusal of SITE CHMOD that is about the file is the answer", async () => {
    await withSession(
      lines("SITE CHMOD 640 /f", "550 Permission denied"),
      async (session) =>
        await expect(session.setPermissions("/f", 0o640, patient)).rejects.toMatchObject({ kind: "permission-denied" }),
      { features: ["MFF UNIX.mode;"] },
    );
  });

  test("the short form of SITE UTIME is tried after the long one, and remembered", async () => {
    await withSession(
      lines(
        "MDTM 20200229123456 /f",
        "501 no",
        "SITE UTIME /f 20200229123456 20200229123456 20200229123456 UTC",
        "501 no",
        "SITE UTIME 20200229123456 /f",
        "200 done",
        "SITE UTIME 20200229123456 /g",
        "200 done",
      ),
      async (session) => {
        expect(await session.setModified("/f", time, patient)).toBe(true);
        expect(await session.setModified("/g", time, patient)).toBe(true);
      },
      { features: ["MDTM"] },
    );
  });
});
