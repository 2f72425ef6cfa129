import { describe, expect, test } from "vitest";
import { patient, testOptions, withSession } from "../testing/openTestSession.ts";
import type { Peer } from "../testing/scriptedServer.ts";

async function sendText(peer: Peer, command: string, text: string): Promise<void> {
  const { data } = await peer.passive();
  await peer.expectThenSay(command, "150 here it comes");
  const connection = await data;
  await connection.send(text);
  connection.end();
  peer.say("226 done");
}

/** Every command that the console takes, as it must go over the wire, and an answer to it as servers write it. */
const conversations: readonly (readonly [command: string, ...reply: string[]])[] = [
  ["CWD /pub", "250 there"],
  ["CDUP", "250 up"],
  ["PWD", '257 "/" is here'],
  ["SMNT /mnt", "202 superfluous"],
  ["STRU F", "200 file"],
  ["MODE S", "200 stream"],
  ["TYPE I", "200 binary"],
  ["ALLO 1000", "202 superfluous"],
  ["RNFR a", "350 to what?"],
  ["RNTO b", "250 renamed"],
  ["DELE a", "550 No such file"],
  ["RMD a", "250 gone"],
  ["RMDA a", "250 gone with all it held"],
  ["MKD a", '257 "/a" made'],
  ["SITE CHMOD 644 a", "200 done"],
  ["SITE UTIME a 20260101000000 20260101000000 20260101000000 UTC", "200 done"],
  ["SITE UMASK 022", "200 done"],
  ["SITE CPFR a", "350 to what?"],
  ["SITE CPTO b", "250 copied"],
  ["SITE SYMLINK a b", "200 linked"],
  ["SYST", "215 UNIX Type: L8"],
  ["STAT", "211-Status", " all is well", "211 End"],
  ["STAT /pub", "213-Status", " -rw-r--r-- 1 a b 5 Jan 01 2026 x", "213 End"],
  ["HELP", "214 help yourself"],
  ["NOOP", "200 still here"],
  ["FEAT", "211-Features", " SIZE", "211 End"],
  ["OPTS HASH SHA-256", "200 SHA-256"],
  ["LANG fr", "200 D'accord"],
  ["CLNT Portside", "200 noted"],
  ["MLST a", "250-Facts", " type=file; /a", "250 End"],
  ["SIZE a", "213 5"],
  ["MDTM a", "213 20260101000000"],
  ["MFMT 20260101000000 a", "213 Modify=20260101000000; a"],
  ["MFCT 20260101000000 a", "213 Create=20260101000000; a"],
  ["MFF modify=20260101000000; a", "213 modify=20260101000000; a"],
  ["HASH a", "213 SHA-256 0-5 abcd a"],
  ["XCRC a", "250 ABCD"],
  ["XMD5 a", "250 ABCD"],
  ["XSHA a", "250 ABCD"],
  ["XSHA1 a", "250 ABCD"],
  ["XSHA256 a", "250 ABCD"],
  ["XSHA512 a", "250 ABCD"],
  ["MD5 a", "251 a ABCD"],
  ["AVBL /", "213 1000"],
  ["FROBNICATE now", "500 what?"],
];

describe("a command line from the console", () => {
  test.each(conversations)("%j goes out as it was typed, and its answer comes back whole", async (line, ...reply) => {
    await withSession(
      (peer) => peer.expectThenSay(line, ...reply),
      async (session) => {
        const { replies, data } = await session.command(line, patient);
        expect(data).toBeNull();
        const code = Number(reply.at(-1)?.slice(0, 3));
        expect(replies).toEqual([{ code, text: reply.map((each) => each.replace(/^\d{3}[ -]/, "")).join("\n") }]);
      },
    );
  });

  test("a preliminary reply is part of the answer", async () => {
    await withSession(
      (peer) => peer.expectThenSay("SITE EXEC", "150 working on it", "250 done"),
      async (session) => {
        expect((await session.command("SITE EXEC", patient)).replies).toEqual([
          { code: 150, text: "working on it" },
          { code: 250, text: "done" },
        ]);
      },
    );
  });

  test.each(["LIST -a", "NLST", "MLSD /pub"])(
    "%s gets a data connection, and its text comes back and is logged",
    async (line) => {
      const { dialogue, log } = testOptions(0);
      await withSession(
        (peer) => sendText(peer, line, "one\r\n\xe5\x8d\x81\r\n"),
        async (session) => {
          expect(await session.command(line, patient)).toEqual({
            replies: [
              { code: 150, text: "here it comes" },
              { code: 226, text: "done" },
            ],
            data: "one\r\n十\r\n",
          });
        },
        { log },
      );
      expect(dialogue.filter(({ kind }) => kind === "listing").map(({ text }) => text)).toEqual(["one", "十"]);
    },
  );

  test("a listing that the server refuses is an answer, and the session goes on", async () => {
    await withSession(
      async (peer) => {
        await peer.passive();
        await peer.expectThenSay("LIST nowhere", "550 No such folder");
        await peer.expectThenSay("NOOP", "200 still here");
      },
      async (session) => {
        const { replies } = await session.command("LIST nowhere", patient);
        expect(replies).toEqual([{ code: 550, text: "No such folder" }]);
        expect((await session.command("NOOP", patient)).replies).toEqual([{ code: 200, text: "still here" }]);
      },
    );
  });

  test("a name is sent in the encoding of the session", async () => {
    await withSession(
      (peer) => peer.expectThenSay("SIZE \xd6\xd0", "213 1"),
      async (session) => expect((await session.command("SIZE 中", patient)).replies).toHaveLength(1),
      { encoding: "gb18030", features: ["EPSV"] },
    );
  });

  test.each(["PASS secret", "PROT C", "CCC", "PORT 127,0,0,1,4,1", "STOU", "REST 5", "MODE Z", "TYPE A", "REIN"])(
    "%s is refused without a byte sent",
    async (line) => {
      await withSession(
        (peer) => peer.expectThenSay("NOOP", "200 still here"),
        async (session) => {
          await expect(session.command(line, patient)).rejects.toMatchObject({ kind: "invalid-input" });
          await session.keepAlive(patient);
        },
      );
    },
  );

  test.each(["NOOP\r\nDELE a", "NOOP\nDELE a", "NOOP\0", "LIST\r\nDELE a"])(
    "%j would carry a second command and is refused",
    async (line) => {
      await withSession(
        async (peer) => {
          if (line.startsWith("LIST")) await peer.passive();
          await peer.expectThenSay("NOOP", "200 still here");
        },
        async (session) => {
          await expect(session.command(line, patient)).rejects.toMatchObject({ kind: "invalid-input" });
          await session.keepAlive(patient);
        },
      );
    },
  );

  test("what PASS would have told is not logged, nor a changed password", async () => {
    const { dialogue, log } = testOptions(0);
    await withSession(
      (peer) => peer.expectThenSay("SITE PSWD old1 new1", "200 changed"),
      async (session) => {
        await session.command("SITE PSWD old1 new1", patient);
        await session.command("PASS hush", patient).catch(() => {});
      },
      { log },
    );
    expect(dialogue.map(({ text }) => text).join("\n")).not.toMatch(/old1|new1|hush/);
  });
});

test("the offered commands are asked for, and those the console refuses are left out", async () => {
  await withSession(
    async (peer) => {
      await peer.expectThenSay("HELP", "214-Commands", " PWD PASS RETR DELE", "214 End");
      await peer.expectThenSay("SITE HELP", "214 CHMOD HELP");
    },
    async (session) => {
      expect(await session.offeredCommands(patient)).toEqual([
        "DELE",
        "MDTM",
        "PWD",
        "SITE CHMOD",
        "SITE HELP",
        "SIZE",
      ]);
    },
  );
});
