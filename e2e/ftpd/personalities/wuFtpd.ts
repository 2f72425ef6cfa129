import { baseName } from "../../../electron/engine/demo/virtualPath.ts";
import { inCurrentDirectory, knowing, type Personality, systemAs } from "../personality.ts";
import { listingBy, unixLines } from "./listingLines.ts";

const lines = unixLines("ftp", "wheel");

/** Before FEAT, EPSV and MLSD. Talks much at login and in each folder; "total 12" before a listing; "/bin/ls" does the work. */
export const wuFtpd: Personality = {
  name: "wu-ftpd 2.6.2",
  witness: "wu-ftpd 2.6.2 on Linux; listings: family unix; RFC 3659 §4 for SIZE in TYPE A",
  greeting: "220 harbour.example FTP server (Version wu-2.6.2(1) Mon Dec 3 15:26:19 MET 2001) ready.",
  commands: knowing({
    without: "FEAT OPTS EPSV MLSD MLST MFMT",
    with: {
      ...systemAs("UNIX Type: L8"),
      LIST: listingBy((entries, context) => [`total ${entries.length * 4}`, ...lines(entries, context)]),
    },
  }),
  unknown: ({ verb, argument }) => `500 '${`${verb} ${argument}`.trim()}': command not understood.`,
  words: {
    "USER 331": ({ argument }) => `331 Password required for ${argument}.`,
    "PWD 257": inCurrentDirectory,
    "PASS 230": [
      "230-Welcome to the harbour archive.",
      "230-",
      "230-Please read the file README",
      "230-  it was last modified on Mon Mar  4 10:12:01 2002 - 9000 days ago",
      "230 User demo logged in.",
    ].join("\r\n"),
    "PASS 530": "530 Login incorrect.",
    "TYPE 200": ({ argument }) => `200 Type set to ${argument}.`,
    "CWD 250": ["250-Please read the file README", "250-", "250 CWD command successful."].join("\r\n"),
    "DELE 250": "250 DELE command successful.",
    "RMD 250": "250 RMD command successful.",
    "MKD 257": ({ argument }) => `257 "${argument}" new directory created.`,
    "RNFR 350": "350 File exists, ready for destination name",
    "RNTO 250": "250 RNTO command successful.",
    "REST 350": ({ argument }) => `350 Restarting at ${argument}. Send STORE or RETRIEVE to initiate transfer.`,
    "LIST 150": "150 Opening ASCII mode data connection for /bin/ls.",
    "RETR 150": ({ argument }) => `150 Opening BINARY mode data connection for ${argument} (4096 bytes).`,
    "STOR 150": ({ argument }) => `150 Opening BINARY mode data connection for ${argument}.`,
    "* 226": "226 Transfer complete.",
    // upload and guest classes may not change modes
    "SITE 200": "553 Permission denied on server. (chmod)",
    "SIZE 550": ({ argument }, plain) =>
      plain.includes("TYPE A")
        ? `550 ${argument}: SIZE not allowed in ASCII mode.`
        : `550 ${argument}: not a plain file.`,
    "* 550": ({ argument }, plain) =>
      plain.includes("not empty")
        ? `550 ${baseName(argument)}: Directory not empty.`
        : `550 ${argument}: No such file or directory.`,
  },
};
