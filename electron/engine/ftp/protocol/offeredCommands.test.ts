import { describe, expect, test } from "vitest";
import { readOfferedCommands } from "./offeredCommands.ts";
import type { Reply } from "./replyParser.ts";

const silent: Reply = { code: 502, lines: ["not implemented"] };
const none = new Map<string, string>();

describe("the commands a server offers", () => {
  test("vsftpd: a table in HELP, one line in SITE HELP", () => {
    const help = {
      code: 214,
      lines: ["The following commands are recognized.", " ABOR ACCT CDUP CWD  DELE", " XCUP XMKD", "Help OK."],
    };
    const siteHelp = { code: 214, lines: ["CHMOD UMASK HELP"] };
    const offered = "ABOR,ACCT,CDUP,CWD,DELE,SITE CHMOD,SITE HELP,SITE UMASK,XCUP,XMKD".split(",");
    expect(readOfferedCommands({ help, siteHelp, features: none })).toEqual(offered);
  });

  test("ProFTPD: what is marked with an asterisk is not implemented, and SITE commands stand with their syntax", () => {
    const help = {
      code: 214,
      lines: [
        "The following commands are recognized (* =>'s unimplemented):",
        " CWD     XCWD    SMNT*   QUIT    ",
        "Direct comments to root@localhost",
      ],
    };
    const siteHelp = {
      code: 214,
      lines: [
        "The following SITE commands are recognized (* =>'s unimplemented)",
        " CHMOD <sp> mode <sp> pathname",
        " CPFR <sp> pathname",
        "Direct comments to root@localhost",
      ],
    };
    expect(readOfferedCommands({ help, siteHelp, features: none })).toEqual([
      "CWD",
      "QUIT",
      "SITE CHMOD",
      "SITE CPFR",
      "XCWD",
    ]);
  });

  test("FEAT: commands by their names, MLST offers MLSD too, and UTF8 is no command", () => {
    const features = new Map([
      ["MLST", "type*;"],
      ["UTF8", ""],
      ["MFMT", ""],
      ["XSHA256", ""],
    ]);
    expect(readOfferedCommands({ help: silent, siteHelp: silent, features })).toEqual([
      "MFMT",
      "MLSD",
      "MLST",
      "XSHA256",
    ]);
  });

  test("a server that says nothing knows RFC 959 at least", () => {
    expect(readOfferedCommands({ help: silent, siteHelp: silent, features: none })).toContain("NOOP");
  });
});
