import type { Command } from "../../../electron/engine/demo/commandLines.ts";
import { featuresAs, inCurrentDirectory, knowing, type Personality, systemAs, type Words } from "../personality.ts";
import { dosLines, listingBy } from "./listingLines.ts";

const words: Words = {
  "USER 331": ({ argument }: Command) => `331 Password required for ${argument}.`,
  "PWD 257": inCurrentDirectory,
  "PASS 230": "230 User logged in.",
  "PASS 530": "530 User cannot log in.",
  "QUIT 221": "221 Goodbye.",
  "NOOP 200": "200 noop command successful.",
  "TYPE 200": ({ argument }: Command) => `200 Type set to ${argument}.`,
  "OPTS 200": "200 OPTS UTF8 command successful - UTF8 encoding now ON.",
  "CWD 250": "250 CWD command successful.",
  "DELE 250": "250 DELE command successful.",
  "RMD 250": "250 RMD command successful.",
  "RNFR 350": "350 Requested file action pending further information.",
  "RNTO 250": "250 RNTO command successful.",
  "MKD 257": ({ argument }: Command) => `257 "${argument}" directory created.`,
  "MKD 550": "550 Cannot create a file when that file already exists. ",
  "REST 350": ({ argument }: Command) => `350 Restarting at ${argument}.`,
  "LIST 150": "125 Data connection already open; Transfer starting.",
  "RETR 150": "125 Data connection already open; Transfer starting.",
  "STOR 150": "125 Data connection already open; Transfer starting.",
  "APPE 150": "125 Data connection already open; Transfer starting.",
  "* 226": "226 Transfer complete.",
  "* 550": (_command, plain) =>
    plain.includes("not empty")
      ? "550 The directory is not empty. "
      : "550 The system cannot find the file specified. ",
};

/** No MLSD, no MFMT; chmod does not exist. A listing is DOS style, in the server's own time. */
export const iis10: Personality = {
  name: "IIS 10",
  witness: "IIS 10 on Windows Server 2016; listings: family dos-iis",
  greeting: "220 Microsoft FTP Service",
  commands: knowing({
    without: "MLSD MLST MFMT SITE STAT",
    with: {
      ...systemAs("Windows_NT"),
      ...featuresAs([
        "211-Extended features supported:",
        " LANG EN*",
        " UTF8",
        " AUTH TLS;TLS-C;SSL;TLS-P;",
        " PBSZ",
        " PROT C;P;",
        " CCC",
        " HOST",
        " SIZE",
        " MDTM",
        " REST STREAM",
        "211 END",
      ]),
      LIST: listingBy(dosLines),
    },
  }),
  unknown: () => "500 Command not understood.",
  words,
};

/** Before UTF-8: names are in the code page of the machine, GBK on a Chinese one. No EPSV, no REST before STOR in FEAT. */
export const iis6: Personality = {
  name: "IIS 6",
  witness: "IIS 6 on Windows Server 2003; listings: family dos-iis",
  greeting: "220 Microsoft FTP Service",
  commands: knowing({
    without: "MLSD MLST MFMT SITE STAT OPTS EPSV",
    with: {
      ...systemAs("Windows_NT"),
      ...featuresAs(["211-FEAT", "    SIZE", "    MDTM", "211 END"]),
      LIST: listingBy(dosLines),
    },
  }),
  unknown: ({ verb, argument }) => `500 '${`${verb} ${argument}`.trim()}': command not understood`,
  words: { ...words, "* 550": ({ argument }) => `550 ${argument}: The system cannot find the file specified. ` },
};
