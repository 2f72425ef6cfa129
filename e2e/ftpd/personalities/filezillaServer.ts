import { reply } from "../../../electron/engine/demo/reply.ts";
import { featuresAs, inCurrentDirectory, knowing, type Personality, systemAs, type Words } from "../personality.ts";

const clnt = { CLNT: { argument: "required", beforeLogin: true, run: () => reply(200, "Don't care") } } as const;

const words09: Words = {
  "USER 331": ({ argument }) => `331 Password required for ${argument}`,
  "PWD 257": inCurrentDirectory,
  "PASS 230": "230 Logged on",
  "PASS 530": "530 Login or password incorrect!",
  "QUIT 221": "221 Goodbye",
  "TYPE 200": ({ argument }) => `200 Type set to ${argument}`,
  "OPTS 200": (_command, plain) =>
    plain.includes("MLST") ? plain : "202 UTF8 mode is always enabled. No need to send this command.",
  "CWD 250": ({ argument }) => `250 CWD successful. "${argument}" is current directory.`,
  "CWD 550": ({ argument }) => `550 CWD failed. "${argument}": directory not found.`,
  "DELE 250": "250 File deleted successfully",
  "RMD 250": "250 Directory deleted successfully",
  "RMD 550": (_command, plain) =>
    plain.includes("not empty") ? "550 Directory not empty." : "550 Directory not found",
  "MKD 257": ({ argument }) => `257 "${argument}" created successfully`,
  "MKD 550": "550 Directory already exists",
  "RNFR 350": "350 File exists, ready for destination name.",
  "RNTO 250": "250 file renamed successfully",
  "REST 350": ({ argument }) => `350 Rest supported. Restarting at ${argument}`,
  "MLSD 150": ({ argument }) => `150 Opening data channel for directory listing of "${argument}"`,
  "RETR 150": ({ argument }) => `150 Opening data channel for file download from server of "${argument}"`,
  "STOR 150": ({ argument }) => `150 Opening data channel for file upload to server of "${argument}"`,
  "* 226": ({ argument }) => `226 Successfully transferred "${argument}"`,
  "SITE 200": "504 Command not implemented for that parameter",
  "* 550": "550 File not found",
};

const words1: Words = {
  "USER 331": "331 Please, specify the password.",
  "PWD 257": inCurrentDirectory,
  "PASS 230": "230 Login successful.",
  "PASS 530": "530 Login incorrect.",
  "QUIT 221": "221 Goodbye.",
  "TYPE 200": ({ argument }) => `200 Type set to ${argument}`,
  "OPTS 200": (_command, plain) =>
    plain.includes("MLST") ? plain : "202 UTF8 mode is always enabled. No need to send this command.",
  "CWD 250": "250 CWD command successful",
  "CWD 550": "550 Couldn't open the directory",
  "DELE 250": "250 File deleted successfully.",
  "RMD 250": "250 Directory deleted successfully.",
  "RMD 550": (_command, plain) => (plain.includes("not empty") ? "550 Directory not empty" : "550 Directory not found"),
  "MKD 257": ({ argument }) => `257 "${argument}" created successfully.`,
  "MKD 550": "550 Directory already exists",
  "RNFR 350": "350 File exists, ready for destination name.",
  "RNTO 250": "250 File or directory renamed successfully.",
  "REST 350": ({ argument }) => `350 Restarting at ${argument}`,
  "* 150": "150 Starting data transfer.",
  "* 226": "226 Operation successful",
  "SITE 200": "504 Unknown SITE command",
  "* 550": "550 Couldn't open the file",
};

/** Both are Windows programs that emulate Unix: no mode bits, names always UTF-8. TLS with session reuse is proved with vsftpd, which demands it too. */
export const filezilla09: Personality = {
  name: "FileZilla Server 0.9",
  witness: "FileZilla Server 0.9.60 beta on Windows",
  greeting: [
    "220-FileZilla Server 0.9.60 beta",
    "220-written by Tim Kosse (tim.kosse@filezilla-project.org)",
    "220 Please visit https://filezilla-project.org/",
  ].join("\r\n"),
  commands: knowing({
    without: "STAT",
    with: {
      ...clnt,
      ...systemAs("UNIX emulated by FileZilla"),
      ...featuresAs([
        "211-Features:",
        " MDTM",
        " REST STREAM",
        " SIZE",
        " MLST type*;size*;modify*;",
        " MLSD",
        " UTF8",
        " CLNT",
        " MFMT",
        " EPSV",
        " EPRT",
        "211 End",
      ]),
    },
  }),
  unknown: () => "500 Syntax error, command unrecognized.",
  words: words09,
  ceiling: { sessions: 4, refusal: "421 Too many users are connected, please try again later." },
};

export const filezilla1: Personality = {
  name: "FileZilla Server 1",
  witness: "FileZilla Server 1.8 on Linux",
  greeting: ["220-FileZilla Server 1.8.0", "220 Please visit https://filezilla-project.org/"].join("\r\n"),
  commands: knowing({
    without: "STAT",
    with: {
      ...clnt,
      ...systemAs("UNIX emulated by FileZilla."),
      ...featuresAs([
        "211-Features:",
        " MDTM",
        " REST STREAM",
        " SIZE",
        " MLST type*;size*;modify*;perm*;",
        " MLSD",
        " UTF8",
        " CLNT",
        " MFMT",
        " EPSV",
        " EPRT",
        "211 End",
      ]),
    },
  }),
  unknown: () => "500 Wrong command.",
  words: words1,
  ceiling: { sessions: 4, refusal: "421 Too many connections. Please try again later." },
};
