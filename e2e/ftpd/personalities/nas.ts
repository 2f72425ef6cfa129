import { setTimeout as delay } from "node:timers/promises";
import type { CommandRule } from "../../../electron/engine/demo/commandTable.ts";
import { demoCommands } from "../../../electron/engine/demo/demoSession.ts";
import { featuresAs, inCurrentDirectory, knowing, type Personality, systemAs } from "../personality.ts";

const thinksMs = 60; // its disks spin up, its processor is small

function slowly(verb: "MLSD" | "LIST"): CommandRule {
  return {
    argument: "optional",
    run: async (context, argument) => {
      await delay(thinksMs);
      return (await demoCommands[verb]?.run(context, argument)) ?? "502 Not here.";
    },
  };
}

/**
 * A box in the cupboard: three connections in all, slow listings, "226" before the bytes of a small file have gone out, and no way to
 * set a time.
 */
export const nas: Personality = {
  name: "a NAS",
  witness:
    "boxes for the home with room for few users; reply R-transfer-end-02 (226 before the data end), R-framing-44",
  greeting: "220 DISKSTATION FTP server ready.",
  commands: knowing({
    without: "MFMT SITE STAT",
    with: {
      ...systemAs("UNIX Type: L8"),
      ...featuresAs([
        "211-Features supported",
        " UTF8",
        " MLST type*;size*;modify*;",
        " REST STREAM",
        " SIZE",
        " MDTM",
        "211 End",
      ]),
      MLSD: slowly("MLSD"),
      LIST: slowly("LIST"),
    },
  }),
  unknown: ({ verb }) => `500 ${verb}: command not understood.`,
  words: {
    "PWD 257": inCurrentDirectory,
    "PASS 230": "230 User logged in, access restrictions apply.",
    "* 226": "226 Transfer complete.",
    "* 550": (_command, plain) =>
      plain.includes("not empty") ? "550 Directory not empty." : "550 No such file or directory.",
  },
  ceiling: { sessions: 3, refusal: "421 There are too many connected users, please try later." },
  saysDoneEarly: ({ verb }) => (verb === "RETR" ? "226 Transfer complete." : null),
};
