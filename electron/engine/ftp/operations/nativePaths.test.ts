import { describe, expect, test } from "vitest";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { patient, withSession } from "../testing/openTestSession.ts";
import type { Peer } from "../testing/scriptedServer.ts";

const onVms = { features: [], words: { system: "VMS V8.4", folder: "DISK$USER:[DEMO]" } };
const onMvs = { features: [], words: { system: "MVS is the operating system of this server.", folder: "'DEMO.'" } };

async function namesIn(session: RemoteSession, path: string): Promise<string[]> {
  const names: string[] = [];
  await session.list(path, (entries) => names.push(...entries.map(({ wireName }) => wireName)), patient);
  return names;
}

async function listing(peer: Peer, text: string): Promise<void> {
  const { data } = await peer.passive();
  await peer.expectThenSay("LIST", "150 here");
  const connection = await data;
  await connection.send(text);
  connection.end();
  peer.say("226 done");
}

describe("on OpenVMS", () => {
  test("the session begins in the folder in brackets, and lists by brackets", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD DISK$USER:[DEMO.SUB]", "250 there");
        await listing(peer, "README.TXT;1   2/9   2-JUN-2020 07:32:04\r\nDEEP.DIR;1   1/9   2-JUN-2020 07:32:04\r\n");
      },
      async (session) => {
        expect(session.startFolder).toBe("/DEMO");
        expect(await namesIn(session, "/DEMO/SUB")).toEqual(["README.TXT;1", "DEEP"]);
      },
      onVms,
    );
  });

  test.each<[string, readonly string[], (session: RemoteSession) => Promise<unknown>]>([
    ["deletes a version", ["DELE DISK$USER:[DEMO]A.TXT;2"], (s) => s.removeFile("/DEMO/A.TXT;2", patient)],
    ["makes a folder", ["MKD DISK$USER:[DEMO.NEW]"], (s) => s.makeFolder("/DEMO/NEW", patient)],
    ["deletes a folder", ["RMD DISK$USER:[DEMO.NEW]"], (s) => s.removeFolder("/DEMO/NEW", patient)],
    [
      "renames a file",
      ["RNFR DISK$USER:[DEMO]A.TXT;2", "RNTO DISK$USER:[DEMO.SUB]B.TXT"],
      (s) => s.rename("/DEMO/A.TXT;2", "/DEMO/SUB/B.TXT", patient),
    ],
    [
      "renames a folder",
      ["RNFR DISK$USER:[DEMO]SUB.DIR;1", "RNTO DISK$USER:[DEMO]OTHER.DIR;1"],
      (s) => s.rename("/DEMO/SUB", "/DEMO/OTHER", patient),
    ],
  ])("%s", async (_, commands, act) => {
    await withSession(
      async (peer) => {
        for (const command of commands)
          await peer.expectThenSay(command, command.startsWith("RNFR") ? "350 and?" : "250 done");
      },
      async (session) => void (await act(session)),
      onVms,
    );
  });
});

describe("on z/OS", () => {
  test("a prefix, a data set and a member are folder, folder and file", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD 'DEMO.SOURCE'", "250 there");
        await listing(peer, " Name     VV.MM   Created       Changed      Size  Init   Mod   Id\r\n MAIN\r\n");
        await peer.expectThenSay("DELE 'DEMO.SOURCE(MAIN)'", "250 deleted");
        await peer.expectThenSay("MKD 'DEMO.NEW'", "257 made");
        await peer.expectThenSay("CWD /u/demo", "250 HFS directory");
        await listing(peer, "-rw-r--r--   1 DEMO     SYS1            5 Jan 11 12:00 main.c\r\n");
      },
      async (session) => {
        expect(session.startFolder).toBe("/DEMO.");
        expect(await namesIn(session, "/DEMO./SOURCE")).toEqual(["MAIN"]);
        await session.removeFile("/DEMO./SOURCE/MAIN", patient);
        await session.makeFolder("/DEMO./NEW", patient);
        expect(await namesIn(session, "/u/demo")).toEqual(["main.c"]);
      },
      onMvs,
    );
  });

  test("an empty data set is an empty folder", async () => {
    await withSession(
      async (peer) => {
        await peer.expectThenSay("CWD 'DEMO.EMPTY'", "250 there");
        await peer.passive();
        await peer.expectThenSay("LIST", "550 No members found.");
      },
      async (session) => expect(await namesIn(session, "/DEMO./EMPTY")).toEqual([]),
      onMvs,
    );
  });

  test("a prefix is a folder without being asked for", async () => {
    await withSession(
      async () => {},
      async (session) =>
        expect(await session.stat("/DEMO.", patient)).toEqual({ type: "directory", size: null, modifiedMs: null }),
      onMvs,
    );
  });

  test("what SITE accepted without having understood it is a refusal", async () => {
    const accepted = (parameter: string) => [
      `200-Unrecognized parameter '${parameter}' on SITE command.`,
      "200 SITE command was accepted",
    ];
    await withSession(
      async (peer) => {
        await peer.expectThenSay("SITE CHMOD 640 'DEMO.REPORT'", ...accepted("CHMOD"));
        await peer.expectThenSay("MDTM 20200102030405 'DEMO.REPORT'", "500 unknown command MDTM");
        const time = "20200102030405";
        await peer.expectThenSay(`SITE UTIME 'DEMO.REPORT' ${time} ${time} ${time} UTC`, ...accepted("UTIME"));
        await peer.expectThenSay(`SITE UTIME ${time} 'DEMO.REPORT'`, ...accepted("UTIME"));
      },
      async (session) => {
        await expect(session.setPermissions("/DEMO./REPORT", 0o640, patient)).rejects.toMatchObject({
          kind: "unsupported-command",
        });
        expect(await session.setModified("/DEMO./REPORT", Date.UTC(2020, 0, 2, 3, 4, 5), patient)).toBe(false);
      },
      onMvs,
    );
  });
});

test("a print server that lists nothing is no reason to doubt what it took", async () => {
  await withSession(
    async (peer) => {
      await peer.expectThenSay("SIZE /job.ps", "502 Command not implemented.");
      await peer.expectThenSay("SIZE /job.ps", "502 Command not implemented.");
      await peer.expectThenSay("CWD /", "250 ok");
      await peer.passive();
      await peer.expectThenSay("LIST", "502 Command not implemented.");
      await peer.expectThenSay("CWD /", "250 ok");
      await peer.passive();
      await peer.expectThenSay("NLST", "502 Command not implemented.");
    },
    async (session) => expect(await session.finishUpload("/job.ps", null, patient)).toBeNull(),
    { features: [] },
  );
});
