import type { CommandContext, CommandRule, CommandTable } from "../../../electron/engine/demo/commandTable.ts";
import { demoCommands } from "../../../electron/engine/demo/demoSession.ts";
import { Refusal, reply } from "../../../electron/engine/demo/reply.ts";
import { namesOf } from "../../../electron/engine/demo/virtualPath.ts";
import { knowing, type Personality, systemAs } from "../personality.ts";
import { entriesOf, listingBy, vmsLines } from "./listingLines.ts";

const device = "DISK$USER";
const masterDirectory = "000000"; // the top of a disk
const startFolder = "/DEMO";

/** "/DEMO/A" of the disk is DISK$USER:[DEMO.A]. */
function directoryOf(folder: string): string {
  return `${device}:[${namesOf(folder).join(".") || masterDirectory}]`;
}

/** "DISK$USER:[DEMO.A]B.TXT;1", "[.A]B.TXT", "B.TXT;1" → folder and name. Anything with "/" is refused: that is not how files are named here. */
function readSpecification(folder: string, argument: string): { folder: string; name: string } {
  const match = /^(?:(?<device>[A-Z0-9$_]+):)?(?:\[(?<path>[A-Z0-9$_.-]*)\])?(?<name>[A-Z0-9$_.-]*(?:;\d+)?)$/i.exec(
    argument,
  );
  if (!match?.groups) throw new Refusal(501, "%RMS-F-SYN, file specification syntax error");
  const { path, name = "" } = match.groups;
  const on = match.groups.device?.toUpperCase() ?? device;
  if (on !== device)
    throw new Refusal(550, "%RMS-F-DEV, error in device name or inappropriate device type for operation");
  if (path === undefined) return { folder, name: name.toUpperCase() };
  const [first = "", ...rest] = path.toUpperCase().split(".");
  if (first === "") return { folder: join(folder, rest), name: name.toUpperCase() };
  return { folder: join("/", first === masterDirectory ? rest : [first, ...rest]), name: name.toUpperCase() };
}

function join(folder: string, names: readonly string[]): string {
  return `/${[...namesOf(folder), ...names].join("/")}`;
}

/** Where a file is on the disk: with its version, the highest there is when none is named; one more than that for a new one. */
async function locate(context: CommandContext, argument: string, purpose: "old" | "new"): Promise<string> {
  const { folder, name } = readSpecification(context.state.folder, argument);
  if (name === "") throw new Refusal(501, "%RMS-F-FNM, error in file name");
  const asFolder = /^(?<folder>.+)\.DIR(?:;1)?$/.exec(name)?.groups?.folder;
  if (asFolder !== undefined) return join(folder, [asFolder]);
  if (name.includes(";")) return join(folder, [name]);
  const whole = name.includes(".") ? name : `${name}.`;
  const versions = (await entriesOf(context, folder)).flatMap((entry) =>
    entry.name.startsWith(`${whole};`) ? [Number(entry.name.slice(whole.length + 1))] : [],
  );
  if (versions.length === 0 && purpose === "old") throw new Refusal(550, "%RMS-E-FNF, file not found");
  return join(folder, [`${whole};${Math.max(0, ...versions) + (purpose === "new" ? 1 : 0)}`]);
}

/** A command of the demo server, its argument a file specification. */
function withFile(verb: string, purpose: "old" | "new"): CommandRule {
  return {
    argument: "required",
    run: async (context, argument) => run(verb, context, await locate(context, argument, purpose)),
  };
}

/** The same with a directory specification: "[.A]", "DISK$USER:[DEMO.A]". */
function withDirectory(verb: string): CommandRule {
  return {
    argument: "required",
    run: async (context, argument) => {
      const { folder, name } = readSpecification(context.state.folder, argument);
      if (name.includes(";") || name.includes(".")) throw new Refusal(501, "%RMS-F-DIR, error in directory name");
      return run(verb, context, name === "" ? folder : join(folder, [name]));
    },
  };
}

async function run(verb: string, context: CommandContext, path: string) {
  return (await demoCommands[verb]?.run(context, path)) ?? reply(502, "Not here.");
}

const commands: CommandTable = {
  PASS: {
    argument: "optional",
    beforeLogin: true,
    run: async (context, argument) => {
      const answer = await run("PASS", context, argument);
      if (context.state.isLoggedIn) context.state.folder = startFolder;
      return answer;
    },
  },
  PWD: { argument: "none", run: ({ state }) => reply(257, `"${directoryOf(state.folder)}" is current directory.`) },
  CWD: withDirectory("CWD"),
  MKD: withDirectory("MKD"),
  RMD: withDirectory("RMD"),
  RETR: withFile("RETR", "old"),
  DELE: withFile("DELE", "old"),
  RNFR: withFile("RNFR", "old"),
  RNTO: withFile("RNTO", "new"),
  STOR: withFile("STOR", "new"),
  APPE: {
    argument: "required",
    run: async (context, argument) => {
      const path = await locate(context, argument, "old").catch(() => locate(context, argument, "new"));
      return run("APPE", context, path);
    },
  },
  LIST: listingBy(vmsLines(directoryOf)),
};

/** Paths in brackets, a version behind each name, names in capitals; no REST, no SIZE, no FEAT. */
export const vms: Personality = {
  name: "OpenVMS",
  witness:
    "TCP/IP Services for OpenVMS 5.7; replies R-pwd-14, R-pwd-15; listings: families vms, vms-multiline, vms-listing",
  greeting: "220 harbour.example FTP Server (Version 5.7) Ready.",
  commands: knowing({
    without: "FEAT OPTS EPSV MLSD MLST MFMT SIZE MDTM REST SITE STAT NLST ALLO",
    with: { ...systemAs("VMS system type. VMS V8.4."), ...commands },
  }),
  unknown: ({ verb }) => `500 ${verb} command unknown.`,
  words: {
    "USER 331": ({ argument }) => `331 Username ${argument.toUpperCase()} requires a Password.`,
    "PASS 230": "230 User logged in.",
    "PASS 530": "530 Login incorrect.",
    "TYPE 200": ({ argument }) => `200 TYPE set to ${argument === "I" ? "IMAGE" : "ASCII"}.`,
    "CWD 250": ({ argument }) => `250-CWD command successful.\r\n250 New default directory is ${argument}`,
    "DELE 250": "250 File deleted.",
    "RMD 250": "250 Directory removed.",
    "MKD 257": ({ argument }) => `257 "${argument}" directory created.`,
    "LIST 150": "150 Opening data connection for *.*;* (127.0.0.1)",
    "RETR 150": ({ argument }) => `150 Opening data connection for ${argument} (127.0.0.1)`,
    "* 226": "226 Transfer complete.",
    "CWD 550": ({ argument }) => `550-Cannot open ${argument};\r\n550 %RMS-E-DNF, directory not found`,
    "RMD 550": (_command, plain) =>
      plain.includes("not empty") ? "550 %SYSTEM-F-DIRNOTEMPTY, directory file is not empty" : plain,
  },
};
