import { crc32 } from "node:zlib";
import type { CommandTable } from "../../../electron/engine/demo/commandTable.ts";
import { reply } from "../../../electron/engine/demo/reply.ts";
import { resolveVirtual } from "../../../electron/engine/demo/virtualPath.ts";
import { featuresAs, inCurrentDirectory, knowing, type Personality, systemAs, type Words } from "../personality.ts";
import { listingBy, unixLines } from "./listingLines.ts";

const words: Words = {
  "USER 331": "331 User name okay, need password.",
  "PWD 257": inCurrentDirectory,
  "PASS 230": "230 User logged in, proceed.",
  "PASS 530": "530 Not logged in.",
  "QUIT 221": "221 Goodbye!",
  "NOOP 200": "200 Command okay.",
  "TYPE 200": ({ argument }) => `200 Type set to ${argument}.`,
  "OPTS 200": (_command, plain) => (plain.includes("MLST") ? plain : "200 OPTS UTF8 is set to ON."),
  "CWD 250": ({ argument }) => `250 Directory changed to ${argument}`,
  "DELE 250": "250 DELE command successful.",
  "RMD 250": "250 RMD command successful.",
  "RNFR 350": "350 File or directory exists, ready for destination name",
  "RNTO 250": "250 RNTO command successful.",
  "MKD 257": ({ argument }) => `257 "${argument}" directory created.`,
  "LIST 150": "150 Opening ASCII mode data connection for /bin/ls.",
  "MLSD 150": "150 Opening BINARY mode data connection for MLSD.",
  "* 226": "226 Transfer complete. 4,096 bytes transferred. 40.00 KB/sec.",
  "* 550": ({ argument }, plain) =>
    plain.includes("not empty")
      ? `550 ${argument}: Directory not empty.`
      : `550 ${argument}: No such file or directory.`,
};

const xcrc: CommandTable = {
  XCRC: {
    argument: "required",
    run: async ({ state, files }, argument) => {
      const { handle } = await files.openToRead(resolveVirtual(state.folder, argument.replaceAll('"', "")));
      try {
        return reply(
          250,
          crc32(await handle.readFile())
            .toString(16)
            .toUpperCase()
            .padStart(8, "0"),
        );
      } finally {
        await handle.close();
      }
    },
  },
  // On Windows there are no mode bits to change.
  SITE: { argument: "required", run: () => reply(550, "Permission denied.") },
};

/** MLSD with more facts than anybody asked for, OPTS UTF8 ON, XCRC; an FEAT line of several features in a line of its own kind. */
export const servu15: Personality = {
  name: "Serv-U 15",
  witness: "Serv-U 15.1 on Windows; its administrator's guide for XCRC",
  greeting: "220 Serv-U FTP Server v15.1 ready...",
  commands: knowing({
    with: {
      ...xcrc,
      ...featuresAs([
        "211-Extensions supported",
        " UTF8",
        " OPTS MODE;MLST;UTF8",
        " CLNT",
        " HOST domain",
        " SITE PSWD;SET;ZONE;CHMOD;MSG;EXEC;HELP",
        " RMDA directoryname",
        " DSIZ",
        " AVBL",
        " REST STREAM",
        " SIZE",
        " MDTM",
        " MDTM YYYYMMDDHHMMSS[+-TZ];filename",
        " MFMT",
        " MFCT",
        " XCRC filename;start;end",
        " MLST Type*;Size*;Modify*;Perm*;UNIX.mode;",
        '211 End (for details use "HELP commmand" where command is the command of interest)',
      ]),
      ...systemAs("UNIX Type: L8"),
      CLNT: { argument: "required", run: () => reply(200, "Noted.") },
      LIST: listingBy(unixLines("user", "group")),
    },
  }),
  unknown: () => "500 Command not recognized.",
  words: { ...words, "SITE 550": "550 Command not allowed on this server: permission denied." },
};

/** No UTF8, no MLSD: names in the code page of the machine, GBK on a Chinese one. */
export const servu6: Personality = {
  name: "Serv-U 6",
  witness: 'Serv-U 6.0 on Windows; listings: family unix, owner "user", group "group"',
  greeting: "220 Serv-U FTP Server v6.0 for WinSock ready...",
  commands: knowing({
    without: "MLSD MLST MFMT OPTS EPSV STAT",
    with: {
      ...xcrc,
      ...featuresAs([
        "211-Extension supported",
        " CLNT",
        " MDTM",
        " MDTM YYYYMMDDHHMMSS[+-TZ];filename",
        " SIZE",
        " SITE PSWD;EXEC;SET;INDEX;ZONE;CHMOD;MSG",
        " REST STREAM",
        " XCRC filename;start;end",
        " MODE Z",
        "211 End",
      ]),
      ...systemAs("UNIX Type: L8"),
      CLNT: { argument: "required", run: () => reply(200, "Noted.") },
      LIST: listingBy(unixLines("user", "group")),
    },
  }),
  unknown: () => "500 Command not understood.",
  words,
};
