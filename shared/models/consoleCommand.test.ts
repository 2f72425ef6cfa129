import { describe, expect, test } from "vitest";
import { judgeCommand, type RefusalReason, splitCommand } from "./consoleCommand.ts";

describe("a line typed into the console", () => {
  test.each([
    ["PWD"],
    ["noop"],
    ["  feat"],
    ["STAT /pub"],
    ["MLST a b"],
    ["HASH file.iso"],
    ["XSHA256 file.iso"],
    ["SITE HELP"],
    ["site who"],
    ["TYPE I"],
    ["STRU F"],
    ["mode s"],
    ["MDTM a file"],
    ["OPTS HASH SHA-256"],
  ])("%j is run at once", (line) => expect(judgeCommand(line)).toEqual({ kind: "run" }));

  test.each([["LIST"], ["list -a /pub"], ["NLST"], ["MLSD /"]])("%j is answered over a data connection", (line) =>
    expect(judgeCommand(line)).toEqual({ kind: "list" }),
  );

  test.each([
    ["DELE a"],
    ["dele a"],
    ["RMD a"],
    ["RMDA a"],
    ["MKD a"],
    ["RNFR a"],
    ["RNTO b"],
    ["SITE CHMOD 777 a"],
    ["SITE UTIME a"],
    ["MFMT 20260101000000 a"],
    ["MFF modify=20260101000000; a"],
    ["MDTM 20260101000000 a"],
    ["SMNT /mnt"],
    ["FORMAT everything"],
    ["NO\bOP"],
    [""],
  ])("%j is asked about first", (line) => expect(judgeCommand(line)).toEqual({ kind: "confirm" }));

  test.each<[string, RefusalReason]>([
    ["USER root", "login"],
    ["PASS secret", "login"],
    ["pass\tsecret", "login"],
    ["ACCT x", "login"],
    ["HOST other", "login"],
    ["AUTH TLS", "encryption"],
    ["PROT C", "encryption"],
    ["PBSZ 0", "encryption"],
    ["CCC", "clear-channel"],
    ["PASV", "data-connection"],
    ["EPSV ALL", "data-connection"],
    ["PORT 127,0,0,1,4,1", "data-connection"],
    ["EPRT |1|127.0.0.1|1025|", "data-connection"],
    ["RETR a", "transfer"],
    ["STOR a", "transfer"],
    ["STOU", "transfer"],
    ["APPE a", "transfer"],
    ["REST 100", "position"],
    ["RANG 0 10", "position"],
    ["TYPE A", "representation"],
    ["STRU R", "representation"],
    ["MODE Z", "representation"],
    ["OPTS UTF8 OFF", "representation"],
    ["OPTS MLST size;", "representation"],
    ["ABOR", "session"],
    ["REIN", "session"],
    ["QUIT", "session"],
  ])("%j is refused: %s", (line, reason) => expect(judgeCommand(line)).toEqual({ kind: "refuse", reason }));

  test("keeps blanks inside and behind a name", () => {
    expect(splitCommand(" dele a  b ")).toEqual({ verb: "DELE", argument: "a  b " });
  });
});
