import { describe, expect, test } from "vitest";
import type { Entry } from "../../../../shared/models/entry.ts";
import { nothingKnown, type ServerFacts } from "../../../../shared/models/serverFacts.ts";
import { type Clock, systemClock } from "../../ports.ts";
import type { OpenSessionOptions, RemoteSession } from "../../sessions/remoteSession.ts";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testOptions, withSession } from "../testing/openTestSession.ts";
import { type Peer, scriptedServer } from "../testing/scriptedServer.ts";

/** Goes there and lists: what every LIST is about. */
async function serve(peer: Peer, command: string, text: string, path = "/pub"): Promise<void> {
  await peer.expectThenSay(`CWD ${path}`, "250 there");
  await serveHere(peer, command, text);
}

async function serveHere(peer: Peer, command: string, text: string): Promise<void> {
  const { data } = await peer.passive();
  await peer.expectThenSay(command, "150 here it comes");
  const connection = await data;
  await connection.send(text);
  connection.end();
  peer.say("226 done");
}

async function refuse(peer: Peer, command: string, answer: string): Promise<void> {
  await peer.passive();
  await peer.expectThenSay(command, answer);
}

async function readAll(session: RemoteSession, path = "/pub"): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  await session.list(path, (batch) => entries.push(...batch), patient);
  return entries;
}

const timesOf = (entries: readonly Entry[]) =>
  entries.map(({ name, modifiedMs }) => `${name} ${modifiedMs === null ? "-" : new Date(modifiedMs).toISOString()}`);
const namesOf = (entries: readonly Entry[]) => entries.map(({ name }) => name);

/** 10 February 2025, for listings that leave the year out. */
const february: Clock = { ...systemClock, now: () => Date.UTC(2025, 1, 10, 8, 30) };

/** What a session learns, as it is kept for the next one. */
function notebook(known: Partial<ServerFacts> = {}) {
  let facts: ServerFacts = { ...nothingKnown, ...known };
  return {
    facts: () => facts,
    options: {
      clock: february,
      facts: {
        recall: () => facts,
        note: (news: Partial<ServerFacts>) => {
          facts = { ...facts, ...news };
        },
      },
    } satisfies Partial<OpenSessionOptions>,
  };
}

const lines = [
  "total 12",
  "-rw-r--r--   1 jo staff 5 Jan 10 13:09 new",
  "-rw-r--r--   1 jo staff 5 Jan  9 13:09 older",
  "-rw-r--r--   1 jo staff 5 Nov 01  2007 old",
  "",
].join("\r\n");

describe("the time zone of a listing", () => {
  test("is found out from one file, asked about once, and kept", async () => {
    const book = notebook();
    const features = ["MDTM"];
    await withSession(
      async (peer) => {
        await serve(peer, "LIST", lines);
        await peer.expectThenSay("MDTM /pub/new", "213 20250110050942");
        await serve(peer, "LIST", lines, "/other");
      },
      async (session) => {
        const first = timesOf(await readAll(session));
        expect(first).toEqual([
          "new 2025-01-10T05:09:00.000Z",
          "older 2025-01-09T05:09:00.000Z",
          "old 2007-11-01T00:00:00.000Z", // a day is a day in every time zone
        ]);
        expect(timesOf(await readAll(session, "/other"))).toEqual(first);
      },
      { features, ...book.options },
    );
    expect(book.facts().zoneOffsetMinutes).toBe(480);
    await withSession(
      (peer) => serve(peer, "LIST", lines),
      async (session) => expect(timesOf(await readAll(session))[0]).toBe("new 2025-01-10T05:09:00.000Z"),
      { features, ...book.options },
    );
  });

  test.each([
    ["20250110130900", 0],
    ["20250110180959", -300],
    ["20250110072400", 345],
  ])("MDTM %s for 13:09 means %d minutes ahead of UTC", async (told, minutes) => {
    const book = notebook();
    await withSession(
      async (peer) => {
        await serve(peer, "LIST", lines);
        await peer.expectThenSay("MDTM /pub/new", `213 ${told}`);
      },
      async (session) => void (await readAll(session)),
      { features: ["MDTM"], ...book.options },
    );
    expect(book.facts().zoneOffsetMinutes).toBe(minutes);
  });

  test.each(["213 20250110051500", "213 20240110130900", "550 No such file", "213 yesterday"])(
    "%j explains nothing: times stay as they are, and nobody asks again in this session",
    async (answer) => {
      const book = notebook();
      await withSession(
        async (peer) => {
          await serve(peer, "LIST", lines);
          await peer.expectThenSay("MDTM /pub/new", answer);
          await serve(peer, "LIST", lines);
        },
        async (session) => {
          for (let times = 0; times < 2; times++)
            expect(timesOf(await readAll(session))[0]).toBe("new 2025-01-10T13:09:00.000Z");
        },
        { features: ["MDTM"], ...book.options },
      );
      expect(book.facts()).toEqual(nothingKnown);
    },
  );

  test("is not asked for where no file tells a time of day, nor where MDTM is not offered", async () => {
    const daysOnly = "drwxr-xr-x 2 jo staff 5 Jan 10 13:09 folder\r\n-rw-r--r-- 1 jo staff 5 Nov 01  2007 old\r\n";
    await withSession(
      (peer) => serve(peer, "LIST", daysOnly),
      async (session) => void (await readAll(session)),
      {
        features: ["MDTM"],
        clock: february,
      },
    );
    await withSession(
      (peer) => serve(peer, "LIST", lines),
      async (session) => void (await readAll(session)),
      {
        features: ["SIZE"],
        clock: february,
      },
    );
  });

  test("is what the site says, whatever was found out", async () => {
    const book = notebook({ zoneOffsetMinutes: 60 });
    await withSession(
      (peer) => serve(peer, "LIST", lines),
      async (session) => expect(timesOf(await readAll(session))[0]).toBe("new 2025-01-10T11:09:00.000Z"),
      { features: ["MDTM"], ...book.options, zoneOffsetMinutes: 120 },
    );
  });

  test("does not hold up a long listing", async () => {
    const long = Array.from({ length: 1500 }, (_, index) => `-rw-r--r-- 1 jo staff 5 Jan 10 13:09 f${index}\r\n`).join(
      "",
    );
    const book = notebook();
    await withSession(
      async (peer) => {
        await serve(peer, "LIST", long);
        await serve(peer, "LIST", lines, "/short");
        await peer.expectThenSay("MDTM /short/new", "213 20250110050900");
      },
      async (session) => {
        expect(await readAll(session)).toHaveLength(1500);
        expect(timesOf(await readAll(session, "/short"))[0]).toBe("new 2025-01-10T05:09:00.000Z");
      },
      { features: ["MDTM"], ...book.options },
    );
  });

  test("rows that wait are shown when the question is cut off", async () => {
    await withSession(
      async (peer) => {
        await serve(peer, "LIST", lines);
        await peer.expectMatch(/^MDTM /);
        peer.hangUp();
      },
      async (session) => {
        const entries: Entry[] = [];
        await expect(session.list("/pub", (batch) => entries.push(...batch), patient)).rejects.toMatchObject({
          kind: "connection-lost",
        });
        expect(namesOf(entries)).toEqual(["new", "older", "old"]);
      },
      { features: ["MDTM"], clock: february },
    );
  });
});

describe("names only", () => {
  test.each(["500 What?", "502 Not implemented.", "504 Not that way."])(
    "NLST stands in where LIST is answered by %j, and is remembered",
    async (answer) => {
      const book = notebook();
      await withSession(
        async (peer) => {
          await peer.expectThenSay("CWD /pub", "250 there");
          await refuse(peer, "LIST", answer);
          await serve(peer, "NLST", "a b.txt\r\n./c\r\n/pub/d\r\nsub/\r\n.\r\n..\r\n");
          await serve(peer, "NLST", "x\r\n");
        },
        async (session) => {
          const entries = await readAll(session);
          expect(entries.map(({ name, type, size, modifiedMs }) => [name, type, size, modifiedMs])).toEqual([
            ["a b.txt", "symlink", null, null],
            ["c", "symlink", null, null],
            ["d", "symlink", null, null],
            ["sub", "directory", null, null],
          ]);
          expect(namesOf(await readAll(session))).toEqual(["x"]);
        },
        book.options,
      );
      expect(book.facts().refusesList).toBe(true);
    },
  );

  test("NLST stands in for a listing that nobody can read, once", async () => {
    const book = notebook();
    await withSession(
      async (peer) => {
        await serve(peer, "LIST", "one <- five\r\ntwo <- six\r\n");
        await serve(peer, "NLST", "one\r\ntwo\r\n");
      },
      async (session) => expect(namesOf(await readAll(session))).toEqual(["one", "two"]),
      book.options,
    );
    expect(book.facts()).toEqual(nothingKnown);
  });

  test("a listing that is a sentence is shown as one when there are no names either", async () => {
    await withSession(
      async (peer) => {
        await serve(peer, "LIST", "ls: cannot open directory: Permission denied\r\n");
        await serve(peer, "NLST", "");
      },
      async (session) => {
        await expect(readAll(session)).rejects.toMatchObject({
          kind: "malformed-listing",
          message: expect.stringContaining("Permission denied"),
        });
      },
    );
  });

  test("a server that refuses both says why", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /pub", "250 there");
        await refuse(peer, "LIST", "502 No LIST.");
        await peer.expectThenSay("CWD /pub", "250 there");
        await refuse(peer, "NLST", "502 No NLST.");
      },
      async (session) => {
        await expect(readAll(session)).rejects.toMatchObject({
          kind: "unsupported-command",
          reply: { text: "No LIST." },
        });
      },
    );
  });

  test("a folder that may not be read is not asked for its names", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD /pub", "250 there");
        await refuse(peer, "LIST", "550 Permission denied");
      },
      async (session) => {
        await expect(readAll(session)).rejects.toMatchObject({ kind: "permission-denied" });
      },
    );
  });
});

describe("LIST -a", () => {
  /** Servers that understand the option are known by their greeting, or, like vsftpd, by what they say to TYPE. */
  async function onKnownServer(
    book: ReturnType<typeof notebook>,
    script: (peer: Peer) => Promise<void>,
    times: number,
  ) {
    const server = await scriptedServer(async (peer) => {
      peer.say("220 ftp.example FTP server (Version wu-2.6.2(1) Thu Jul 8 2004) ready.");
      await peer.expectThenSay("USER demo", "331 password");
      await peer.expectThenSay("PASS secret", "230 in");
      await peer.expectThenSay("SYST", "215 UNIX Type: L8");
      await peer.expectThenSay("FEAT", "500 'FEAT': command not understood.");
      await peer.expectThenSay("TYPE I", "200 Type set to I.");
      await peer.expectThenSay("PWD", '257 "/" is current directory.');
      await script(peer);
    });
    try {
      const session = await openFtpSession(testOptions(server.port, book.options), patient);
      const found: string[] = [];
      for (let time = 0; time < times; time++) found.push(namesOf(await readAll(session)).join(" "));
      await server.finished();
      return found;
    } finally {
      await server.close();
    }
  }

  test("is dropped for good where not even . and .. come of it", async () => {
    const book = notebook();
    const script = async (peer: Peer) => {
      await serve(peer, "LIST -a", "");
      await serveHere(peer, "LIST", lines);
      await serve(peer, "LIST", lines);
    };
    expect(await onKnownServer(book, script, 2)).toEqual(["new older old", "new older old"]);
    expect(book.facts().refusesListOption).toBe(true);
  });

  test("shows an empty folder as empty, and is kept", async () => {
    const book = notebook();
    const empty = "drwxr-xr-x 2 jo staff 5 Jan 10 13:09 .\r\ndrwxr-xr-x 2 jo staff 5 Jan 10 13:09 ..\r\n";
    const script = async (peer: Peer) => {
      await serve(peer, "LIST -a", empty);
      await serve(peer, "LIST -a", empty);
    };
    expect(await onKnownServer(book, script, 2)).toEqual(["", ""]);
    expect(book.facts()).toEqual(nothingKnown);
  });

  test("is not blamed for a folder that cannot be listed either way", async () => {
    const book = notebook();
    const script = async (peer: Peer) => {
      for (let times = 0; times < 2; times++) {
        await peer.expectThenSay("CWD /pub", "250 there");
        await refuse(peer, "LIST -a", "550 No files found.");
        await refuse(peer, "LIST", "550 No files found.");
      }
    };
    expect(await onKnownServer(book, script, 2)).toEqual(["", ""]);
    expect(book.facts()).toEqual(nothingKnown);
  });
});
