import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { judgeCommand } from "../../../shared/models/consoleCommand.ts";
import { patient, withSession } from "./testing/openTestSession.ts";

const root = resolve(import.meta.dirname, "../../..");
const guide = readFileSync(resolve(root, "docs/guide/protocol.md"), "utf8");

/** RFC 959, 2228, 2389, 2428, 2640, 3659, 4217, 7151, and the commands without one that servers offer. */
const commands = (
  "USER PASS ACCT CWD CDUP SMNT REIN QUIT PORT PASV TYPE STRU MODE RETR STOR STOU APPE ALLO REST RNFR RNTO ABOR DELE RMD MKD PWD " +
  "LIST NLST SITE SYST STAT HELP NOOP FEAT OPTS LANG HOST CLNT MLST MLSD SIZE MDTM MFMT MFCT MFF EPRT EPSV AUTH PBSZ PROT CCC " +
  "HASH RANG XCRC XMD5 XSHA XSHA1 XSHA256 XSHA512 MD5 SITE_CHMOD SITE_UTIME SITE_UMASK SITE_CPFR SITE_CPTO SITE_SYMLINK AVBL RMDA"
)
  .split(" ")
  .map((name) => name.replace("_", " "));

/** "| `NOOP` | Keeps a quiet connection alive | 959 §4.1.3 | `electron/…/keepAlive.ts` | runs |" */
const rows = [
  ...guide.matchAll(
    /^\| `(?<command>[A-Z0-9 ]+)` \| (?<where>[^|]+) \| (?<rfc>[^|]+) \| `(?<file>[^`]+)` \| (?<console>\w+) \|$/gm,
  ),
].map(({ groups }) => ({ command: "", where: "", file: "", console: "", ...groups }));

test("the guide names every command once", () => {
  expect(rows.map(({ command }) => command).sort()).toEqual([...commands].sort());
});

test.each(rows)("$command: the code the guide names is there", ({ command, where, file }) => {
  expect(existsSync(resolve(root, file))).toBe(true);
  const isTypedOnly = where.startsWith("Console") || /^(?:Not|Never) sent/.test(where);
  const speaks = new RegExp(`\\b${command}\\b`);
  if (!isTypedOnly) expect(readFileSync(resolve(root, file), "utf8")).toMatch(speaks);
});

const verdicts = { run: "runs", confirm: "asks", list: "lists", refuse: "refused" } as const;

test.each(rows)("$command: the console does what the guide says", ({ command, console }) => {
  expect(verdicts[judgeCommand(`${command} x`).kind]).toBe(console);
});

test("every command of the guide travels from the console as it is typed, or does not travel at all", async () => {
  const isConversation = ({ console }: { readonly console: string }) => console === "runs" || console === "asks";
  const typed = rows.filter(isConversation).map(({ command }) => `${command} x`);
  const refused = rows.filter(({ console }) => console === "refused").map(({ command }) => `${command} x`);
  await withSession(
    async (peer) => {
      for (const line of typed) await peer.expectThenSay(line, `200 heard ${line}`);
    },
    async (session) => {
      for (const line of refused) {
        await expect(session.command(line, patient)).rejects.toMatchObject({ kind: "invalid-input" });
      }
      for (const line of typed) {
        const replies = [{ code: 200, text: `heard ${line}` }];
        expect(await session.command(line, patient)).toEqual({ replies, data: null });
      }
    },
  );
  expect([typed.length > 30, refused.length > 15]).toEqual([true, true]);
});
