import { describe, expect, test } from "vitest";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry } from "../../../../shared/models/entry.ts";
import { nothingKnown, type ServerFacts } from "../../../../shared/models/serverFacts.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import { patient, withSession } from "../testing/openTestSession.ts";
import type { Peer } from "../testing/scriptedServer.ts";

const machine = ["UTF8", "MLST type*;size*;modify*;", "MFMT", "SIZE", "REST STREAM"];

/** Plays lines of alternating client command and server reply. */
function lines(...script: readonly string[]): (peer: Peer) => Promise<void> {
  return async (peer) => {
    for (let at = 0; at < script.length; at += 2)
      await peer.expectThenSay(script[at] ?? "", ...(script[at + 1] ?? "").split("|"));
  };
}

async function listing(peer: Peer, command: string, text: string, final = "226 done"): Promise<void> {
  const { data } = await peer.passive();
  await peer.expectThenSay(command, "150 here");
  const connection = await data;
  await connection.send(text);
  connection.end();
  peer.say(final);
}

async function listNames(session: RemoteSession, path = "/pub"): Promise<string[]> {
  const entries: Entry[] = [];
  await session.list(path, (batch) => entries.push(...batch), patient);
  return entries.map(({ name }) => name);
}

describe("list", () => {
  test("asks MLSD for the path where it is offered", async () => {
    await withSession(
      (peer) => listing(peer, "MLSD /pub", "type=cdir; .\r\ntype=pdir; ..\r\ntype=file;size=1; a b\r\ntype=dir; c\r\n"),
      async (session) => expect(await listNames(session)).toEqual(["a b", "c"]),
      { features: machine },
    );
  });

  test("goes there first where MLSD takes no path, and remembers it", async () => {
    await withSession(
      async (peer) => {
        await peer.passive();
        await peer.expectThenSay("MLSD /pub", "501 no arguments please");
        for (let times = 0; times < 2; times++) {
          await peer.expectThenSay("CWD /pub", "250 there");
          await listing(peer, "MLSD", "type=file;size=1; a\r\n");
        }
      },
      async (session) => {
        expect(await listNames(session)).toEqual(["a"]);
        expect(await listNames(session)).toEqual(["a"]);
      },
      { features: machine },
    );
  });

  test("what a session learns is handed on, and the next one does not find it out again", async () => {
    let known: ServerFacts = nothingKnown;
    let notes = 0;
    const facts = {
      recall: () => known,
      note: (news: Partial<ServerFacts>) => {
        notes++;
        known = { ...known, ...news };
      },
    };
    await withSession(
      async (peer) => {
        await peer.passive();
        await peer.expectThenSay("MLSD /pub", "501 no arguments please");
        await peer.expectThenSay("CWD /pub", "250 there");
        await listing(peer, "MLSD", "type=file;size=1; a\r\n");
      },
      async (session) => expect(await listNames(session)).toEqual(["a"]),
      { features: machine, facts },
    );
    expect(known).toEqual({ ...nothingKnown, refusesMlsdPath: true });
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /pub", "250 there");
        await listing(peer, "MLSD", "type=file;size=1; a\r\n");
      },
      async (session) => expect(await listNames(session)).toEqual(["a"]),
      { features: machine, facts },
    );
    expect(notes).toBe(1);
  });

  test("goes there before each LIST, which never gets an argument", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /-la x", "250 there");
        await listing(peer, "LIST", "-rw-r--r-- 1 a b 5 Nov 01  2007 one\r\n");
        await peer.expectThenSay("CWD /-la x", "250 there");
        await listing(peer, "LIST", "-rw-r--r-- 1 a b 5 Nov 01  2007 two\r\n");
      },
      async (session) => {
        expect(await listNames(session, "/-la x")).toEqual(["one"]);
        expect(await listNames(session, "/-la x")).toEqual(["two"]);
      },
    );
  });

  test.each(["450 No files found", "550 No files found."])("takes %j for an empty folder", async (line) => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /pub", "250 there");
        await peer.passive();
        await peer.expectThenSay("LIST", line);
      },
      async (session) => expect(await listNames(session)).toEqual([]),
    );
  });

  test("says that a folder is not there", async () => {
    await withSession(lines("CWD /pub", "550 Failed to change directory."), async (session) => {
      await expect(listNames(session)).rejects.toMatchObject({ kind: "not-found", path: "/pub" });
    });
  });

  test("learns the encoding of names from the listing", async () => {
    await withSession(
      async (peer) => {
        await listing(peer, "MLSD /pub", "type=file; \xb2\xe2\xca\xd4\r\n");
        await peer.expectThenSay("DELE /pub/\xb2\xe2\xca\xd4", "250 gone");
      },
      async (session) => {
        expect(session.encoding).toBe("UTF-8");
        expect(await listNames(session)).toEqual(["测试"]);
        expect(session.encoding).toBe("GB18030");
        await session.removeFile("/pub/\xb2\xe2\xca\xd4", patient);
      },
      { features: ["MLST type*;"] },
    );
  });
});

describe("stat", () => {
  test.each([
    [
      "250-Listing| type=file;size=5;modify=20200229123456; /f|250 End",
      { type: "file", size: 5, modifiedMs: Date.UTC(2020, 1, 29, 12, 34, 56) },
    ],
    [
      "250-Listing| type=dir;modify=20200229123456; /f|250 End",
      { type: "directory", size: null, modifiedMs: Date.UTC(2020, 1, 29, 12, 34, 56) },
    ],
    ["550 no such file", null],
  ])("reads MLST %j", async (reply, expected) => {
    await withSession(
      lines("MLST /f", reply),
      async (session) => expect(await session.stat("/f", patient)).toEqual(expected),
      {
        features: machine,
      },
    );
  });

  test.each([
    [
      ["SIZE /f", "213 5", "MDTM /f", "213 20200229123456"],
      { type: "file", size: 5, modifiedMs: Date.UTC(2020, 1, 29, 12, 34, 56) },
    ],
    [["SIZE /f", "213 5", "MDTM /f", "550 no"], { type: "file", size: 5, modifiedMs: null }],
    [["SIZE /f", "550 not a plain file", "CWD /f", "250 there"], { type: "directory", size: null, modifiedMs: null }],
    [["SIZE /f", "550 no", "CWD /f", "550 no"], null],
  ])("makes do with SIZE, MDTM and CWD: %j", async (script, expected) => {
    await withSession(lines(...script), async (session) => expect(await session.stat("/f", patient)).toEqual(expected));
  });

  test.each<{ script: readonly [string, string]; after: readonly string[]; expected: unknown }>([
    {
      script: ["213 5", "213 20200229123456"],
      after: [],
      expected: { type: "file", size: 5, modifiedMs: Date.UTC(2020, 1, 29, 12, 34, 56) },
    },
    {
      script: ["550 not a plain file", "550 no"],
      after: ["CWD /f", "250 there"],
      expected: { type: "directory", size: null, modifiedMs: null },
    },
  ])("asks for size and time at once where the server bears that: $script", async ({ script, after, expected }) => {
    await withSession(
      async (peer) => {
        await peer.expect("SIZE /f");
        await peer.expect("MDTM /f");
        for (const reply of script) peer.say(reply);
        await lines(...after)(peer);
      },
      async (session) => expect(await session.stat("/f", patient)).toEqual(expected),
      { words: { typeReply: "200 Switching to Binary mode." } }, // vsftpd
    );
  });

  test("looks into the listing of the folder where SIZE is not known", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("SIZE /pub/f", "502 no");
        await peer.expectThenSay("CWD /pub", "250 there");
        await listing(peer, "LIST", "-rw-r--r-- 1 a b 5 Nov 01  2007 f\r\n");
      },
      async (session) => {
        expect(await session.stat("/pub/f", patient)).toEqual({
          type: "file",
          size: 5,
          modifiedMs: Date.UTC(2007, 10, 1),
        });
      },
    );
  });
});

describe("changing files", () => {
  const cases: readonly [string, readonly string[], (session: RemoteSession) => Promise<unknown>, unknown][] = [
    ["makes a folder", ["MKD /d", '257 "/d" created'], (s) => s.makeFolder("/d", patient), undefined],
    [
      "is content with a folder that exists",
      ["MKD /d", "550 Create directory operation failed.", "CWD /d", "250 there"],
      (s) => s.makeFolder("/d", patient),
      undefined,
    ],
    [
      "says that a folder may not be made",
      ["MKD /d", "550 Permission denied", "CWD /d", "550 no"],
      (s) => s.makeFolder("/d", patient),
      "permission-denied",
    ],
    [
      "says that a name is taken by a file",
      ["MKD /d", "550 File exists", "CWD /d", "550 no"],
      (s) => s.makeFolder("/d", patient),
      "already-exists",
    ],
    ["removes a file", ["DELE /f", "250 gone"], (s) => s.removeFile("/f", patient), undefined],
    [
      "says that a file may not be removed",
      ["DELE /f", "550 Delete operation failed.", "SIZE /f", "213 5", "MDTM /f", "550 no"],
      (s) => s.removeFile("/f", patient),
      "permission-denied",
    ],
    [
      "says that a file is not there",
      ["DELE /f", "550 Delete operation failed.", "SIZE /f", "550 no", "CWD /f", "550 no"],
      (s) => s.removeFile("/f", patient),
      "not-found",
    ],
    ["removes a folder", ["RMD /d", "250 gone"], (s) => s.removeFolder("/d", patient), undefined],
    [
      "says that a folder is not there",
      ["RMD /d", "550 Remove directory operation failed.", "CWD /d", "550 no"],
      (s) => s.removeFolder("/d", patient),
      "not-found",
    ],
    [
      "says that a folder is not empty",
      ["RMD /d", "550 Directory not empty"],
      (s) => s.removeFolder("/d", patient),
      "directory-not-empty",
    ],
    ["renames", ["RNFR /a", "350 to what", "RNTO /b", "250 done"], (s) => s.rename("/a", "/b", patient), undefined],
    [
      "says that there is nothing to rename",
      ["RNFR /a", "550 RNFR command failed."],
      (s) => s.rename("/a", "/b", patient),
      "not-found",
    ],
    [
      "says that the new name may not be",
      ["RNFR /a", "350 to what", "RNTO /b", "550 Rename failed."],
      (s) => s.rename("/a", "/b", patient),
      "permission-denied",
    ],
    ["changes permissions", ["SITE CHMOD 640 /f", "200 ok"], (s) => s.setPermissions("/f", 0o640, patient), undefined],
    [
      "says that permissions cannot be changed",
      ["SITE CHMOD 640 /f", "502 no SITE"],
      (s) => s.setPermissions("/f", 0o640, patient),
      "unsupported-command",
    ],
    ["says something harmless", ["NOOP", "500 what"], (s) => s.keepAlive(patient), undefined],
  ];

  test.each(cases)("%s", async (_, script, act, kind) => {
    await withSession(lines(...script), async (session) => {
      const outcome = await act(session).catch((error) => (error instanceof AppError ? error.kind : error));
      expect(outcome).toBe(kind);
    });
  });

  test("looks into a folder that cannot be removed", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("RMD /d", "550 Remove directory operation failed.");
        await peer.expectThenSay("CWD /d", "250 there");
        await peer.expectThenSay("CWD /d", "250 there");
        await listing(peer, "LIST", "-rw-r--r-- 1 a b 5 Nov 01  2007 f\r\n");
      },
      async (session) => {
        await expect(session.removeFolder("/d", patient)).rejects.toMatchObject({ kind: "directory-not-empty" });
      },
    );
  });

  test("refuses a name that carries a second command, and sends nothing", async () => {
    await withSession(lines("NOOP", "200 ok"), async (session) => {
      await expect(session.removeFile("/a\r\nDELE /b", patient)).rejects.toMatchObject({ kind: "invalid-input" });
      await session.keepAlive(patient);
    });
  });
});

describe("setModified", () => {
  const time = Date.UTC(2020, 1, 29, 12, 34, 56);

  test("uses MFMT where it is offered", async () => {
    const script = lines("MFMT 20200229123456 /f", "213 Modify=20200229123456; /f", "MFMT 20200229123456 /g", "550 no");
    await withSession(
      script,
      async (session) => {
        expect(await session.setModified("/f", time, patient)).toBe(true);
        expect(await session.setModified("/g", time, patient)).toBe(false);
        expect(session.can.setModified).toBe(true);
      },
      { features: machine },
    );
  });

  test("finds out that MDTM sets too (vsftpd), and remembers it", async () => {
    const script = lines(
      "MDTM 20200229123456 /f",
      "213 File modification time set.",
      "MDTM 20200229123456 /g",
      "213 set",
    );
    await withSession(script, async (session) => {
      expect(await session.setModified("/f", time, patient)).toBe(true);
      expect(await session.setModified("/g", time, patient)).toBe(true);
    });
  });

  test("asks once per session where there is no way", async () => {
    const script = lines(
      "MDTM 20200229123456 /f",
      "550 no such file",
      "SITE UTIME /f 20200229123456 20200229123456 20200229123456 UTC",
      "500 what",
      "SITE UTIME 20200229123456 /f",
      "500 what",
      "NOOP",
      "200 ok",
    );
    await withSession(script, async (session) => {
      expect(session.can.setModified).toBe(true);
      expect(await session.setModified("/f", time, patient)).toBe(false);
      expect(await session.setModified("/g", time, patient)).toBe(false);
      expect(session.can.setModified).toBe(false);
      await session.keepAlive(patient);
    });
  });
});

describe("what an upload ends with", () => {
  const time = Date.UTC(2020, 1, 29, 12, 34, 56);

  test("size and time leave together, before either is answered", async () => {
    await withSession(
      async (peer) => {
        await peer.expect("SIZE /f");
        await peer.expect("MFMT 20200229123456 /f");
        peer.say("213 5", "213 Modify=20200229123456; /f");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        expect(await session.finishUpload("/f", time, patient)).toBe(5);
        await session.keepAlive(patient);
      },
      { features: machine },
    );
  });

  test("a refused time changes nothing about the size", async () => {
    await withSession(
      async (peer) => {
        await peer.expect("SIZE /f");
        await peer.expect("MFMT 20200229123456 /f");
        peer.say("213 5", "550 no");
      },
      async (session) => expect(await session.finishUpload("/f", time, patient)).toBe(5),
      { features: machine },
    );
  });

  test("a file that is not shown has no size", async () => {
    const script = lines("SIZE /f", "550 no such file");
    await withSession(script, async (session) => expect(await session.finishUpload("/f", null, patient)).toBeNull());
  });

  test("a server without SIZE is asked by its listing", async () => {
    const script = async (peer: Peer) => {
      await peer.expectThenSay("SIZE /f", "502 what");
      await peer.expectThenSay("MLST /f", "250-Listing", " type=file;size=7; /f", "250 End");
    };
    const features = ["MLST type*;size*;"];
    await withSession(script, async (session) => expect(await session.finishUpload("/f", null, patient)).toBe(7), {
      features,
    });
  });
});

describe("a session", () => {
  test("refuses a second operation while one runs", async () => {
    await withSession(
      async (peer) => {
        await peer.expect("NOOP");
        await new Promise((resolve) => setTimeout(resolve, 20));
        peer.say("200 ok");
      },
      async (session) => {
        const first = session.keepAlive(patient);
        await expect(session.keepAlive(patient)).rejects.toMatchObject({ kind: "internal" });
        await first;
      },
    );
  });

  test.each(["421 Timeout.", ""])("tells once that it was lost while idle (%j)", async (farewell) => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("NOOP", "200 ok");
        if (farewell !== "") peer.say(farewell);
        peer.hangUp();
      },
      async (session) => {
        const lost = new Promise<void>((resolve) => session.onLost(resolve));
        await session.keepAlive(patient);
        await lost;
        expect(session.isUsable).toBe(false);
        await expect(session.keepAlive(patient)).rejects.toMatchObject({ kind: "connection-lost" });
      },
    );
  });

  test("says 421 to an operation as what it is", async () => {
    await withSession(lines("DELE /f", "421 Timeout."), async (session) => {
      await expect(session.removeFile("/f", patient)).rejects.toMatchObject({ kind: "service-unavailable" });
      expect(session.isUsable).toBe(false);
    });
  });

  test("does not take an unasked reply for the answer to the next command", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("NOOP", "200 ok", "200 and another");
        await peer.expectThenSay("DELE /f", "550 no such file");
        await peer.expectThenSay("NOOP", "200 ok");
      },
      async (session) => {
        await session.keepAlive(patient);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await expect(session.removeFile("/f", patient)).rejects.toMatchObject({ kind: "not-found" });
        await session.keepAlive(patient);
      },
    );
  });

  test("waits for the reply to a cancelled command before it sends the next", async () => {
    const stop = new AbortController();
    await withSession(
      async (peer) => {
        await peer.expect("DELE /f");
        stop.abort();
        await new Promise((resolve) => setTimeout(resolve, 30));
        peer.say("250 gone");
        await peer.expectThenSay("DELE /g", "550 no such file");
      },
      async (session) => {
        await expect(session.removeFile("/f", stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
        await expect(session.removeFile("/g", patient)).rejects.toMatchObject({ kind: "not-found" });
      },
    );
  });

  test("gives up a command that is never answered", async () => {
    await withSession(
      async (peer) => {
        await peer.expect("NOOP");
        await peer.closed;
      },
      async (session) => {
        await expect(session.keepAlive(patient)).rejects.toMatchObject({ kind: "connection-timeout", command: "NOOP" });
        expect(session.isUsable).toBe(false);
      },
      { timeoutMs: 100 },
    );
  });

  test("ends within a second even when nobody answers QUIT", async () => {
    const clock = createFakeClock();
    let isClosed = false;
    await withSession(
      async (peer) => {
        await peer.expect("QUIT");
        await clock.pass(999);
        expect(isClosed).toBe(false);
        clock.advance(1);
        await peer.closed;
      },
      async (session) => {
        await session.close();
        isClosed = true;
      },
      { clock },
    );
  });
});
