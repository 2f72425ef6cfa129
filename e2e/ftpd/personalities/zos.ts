import type { Stats } from "node:fs";
import type { CommandContext, CommandRule, CommandTable } from "../../../electron/engine/demo/commandTable.ts";
import { demoCommands } from "../../../electron/engine/demo/demoSession.ts";
import { Refusal, reply } from "../../../electron/engine/demo/reply.ts";
import { sendLines } from "../../../electron/engine/demo/transferCommands.ts";
import type { VirtualEntry } from "../../../electron/engine/demo/virtualFiles.ts";
import { baseName, resolveVirtual } from "../../../electron/engine/demo/virtualPath.ts";
import { knowing, type Personality, systemAs } from "../personality.ts";
import { entriesOf, two, unixLines } from "./listingLines.ts";

/** Below this folder of the disk lies what is catalogued: a partitioned data set as a folder, its members in it, any other as a file. */
export const catalog = "/catalog";
/** The folder a session begins in: the user's own data sets. */
const startPrefix = `${catalog}/DEMO.`;

const dataSetName = /^[A-Z$#@][A-Z0-9$#@-]{0,7}(?:\.[A-Z$#@][A-Z0-9$#@-]{0,7})*\.?$/;
const memberName = /^[A-Z$#@][A-Z0-9$#@]{0,7}$/;

/** Standing on a prefix ("DEMO."), in a data set ("DEMO.SOURCE"), or in the Unix files. */
const isCatalogued = (folder: string) => folder.startsWith(`${catalog}/`);
const isPrefix = (folder: string) => folder.endsWith(".");

/** "'DEMO.SOURCE(MAIN)'", "'DEMO.REPORT'", "REPORT", "(MAIN)", "/u/demo/x" → its place on the disk. Names are folded to capitals. */
function place(folder: string, argument: string): string {
  if (argument.startsWith("/") || (!isCatalogued(folder) && !argument.startsWith("'")))
    return resolveVirtual(folder, argument);
  const quoted = /^'(?<inner>[^']+)'$/.exec(argument)?.groups?.inner;
  const text = (quoted ?? argument).toUpperCase();
  if (quoted === undefined && !isPrefix(folder)) return `${folder}/${checked(memberName, text, argument)}`;
  const match = /^(?<name>[^()]+)(?:\((?<member>[^()]+)\))?$/.exec(text)?.groups;
  if (!match) throw new Refusal(501, `Invalid data set name "${argument}".  Use MVS Dsname conventions.`);
  const name = quoted === undefined ? `${baseName(folder)}${match.name}` : (match.name ?? "");
  const set = `${catalog}/${checked(dataSetName, name, argument)}`;
  return match.member === undefined ? set : `${set}/${checked(memberName, match.member, argument)}`;
}

function checked(form: RegExp, text: string, argument: string): string {
  if (!form.test(text)) throw new Refusal(501, `Invalid data set name "${argument}".  Use MVS Dsname conventions.`);
  return text;
}

function withPlace(verb: string): CommandRule {
  return {
    argument: "required",
    run: async (context, argument) =>
      (await demoCommands[verb]?.run(context, place(context.state.folder, argument))) ?? reply(502, "Not here."),
  };
}

async function isPartitioned({ files }: CommandContext, path: string): Promise<boolean> {
  return files.inspect(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** A prefix need not exist: whatever is asked for becomes the working directory, unless a partitioned data set has that name. */
const changeFolder: CommandRule = {
  argument: "required",
  run: async (context, argument) => {
    const path = place(context.state.folder, argument);
    if (!isCatalogued(path)) {
      await context.files.requireFolder(path);
      context.state.folder = path;
      return reply(250, `HFS directory ${path} is the current working directory`);
    }
    const isSet = !isPrefix(path) && (await isPartitioned(context, path));
    context.state.folder = isSet || isPrefix(path) ? path : `${path}.`;
    return isSet
      ? reply(250, `The working directory "${baseName(path)}" is a partitioned data set`)
      : reply(250, `"${baseName(context.state.folder)}" is the working directory name prefix.`);
  },
};

const list: CommandRule = {
  argument: "optional",
  run: async (context, argument) => {
    const { folder } = context.state;
    if (argument !== "") throw new Refusal(501, `Invalid data set name "${argument}".  Use MVS Dsname conventions.`);
    if (!isCatalogued(folder)) {
      const entries = (await entriesOf(context, folder)).filter(({ name }) => `/${name}` !== catalog);
      return sendLines(context, "LIST", folder, ["total 8", ...unixLines("DEMO", "SYS1")(entries, context)]);
    }
    const found = isPrefix(folder) ? await setsBelow(context, baseName(folder)) : await entriesOf(context, folder);
    if (found.length === 0) return reply(550, isPrefix(folder) ? "No data sets found." : "No members found.");
    const lines = isPrefix(folder) ? [setHeading, ...found.map(setLine)] : [memberHeading, ...found.map(memberLine)];
    return sendLines(context, "LIST", isPrefix(folder) ? catalog : folder, lines);
  },
};

async function setsBelow(context: CommandContext, prefix: string): Promise<readonly VirtualEntry[]> {
  const sets = (await entriesOf(context, catalog)).filter(({ name }) => name.startsWith(prefix));
  return sets.map(({ name, stats }) => ({ name: name.slice(prefix.length), stats }));
}

const setHeading = "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname";
const memberHeading = " Name     VV.MM   Created       Changed      Size  Init   Mod   Id";

/** "WYOSPT 3390   2020/05/21  1   15  FB      80 27920  PO  SOURCE" */
function setLine({ name, stats }: VirtualEntry): string {
  return `WYOSPT 3390   ${day(stats)}  1   15  FB      80 27920  ${stats.isDirectory() ? "PO" : "PS"}  ${name}`;
}

/** " MAIN      01.03 2020/05/12 2020/05/21 09:37    11    11     0 DEMO" */
function memberLine({ name, stats }: VirtualEntry): string {
  const changed = new Date(stats.mtimeMs);
  const time = `${two(changed.getUTCHours())}:${two(changed.getUTCMinutes())}`;
  return ` ${name.padEnd(8)}  01.03 ${day(stats)} ${day(stats)} ${time}    11    11     0 DEMO`;
}

function day({ mtimeMs }: Stats): string {
  return new Date(mtimeMs).toISOString().slice(0, 10).replaceAll("-", "/");
}

const commands: CommandTable = {
  PASS: {
    argument: "optional",
    beforeLogin: true,
    run: async (context, argument) => {
      const answer = (await demoCommands.PASS?.run(context, argument)) ?? reply(530, "PASS command failed.");
      if (context.state.isLoggedIn) context.state.folder = startPrefix;
      return answer;
    },
  },
  PWD: {
    argument: "none",
    run: ({ state: { folder } }) => {
      if (!isCatalogued(folder)) return reply(257, `"${folder}" is the HFS working directory.`);
      const kind = isPrefix(folder) ? "working directory" : "partitioned data set is working directory";
      return reply(257, `"'${baseName(folder)}'" is ${kind}.`);
    },
  },
  CWD: changeFolder,
  LIST: list,
  ...Object.fromEntries("RETR STOR APPE DELE MKD RMD RNFR RNTO".split(" ").map((verb) => [verb, withPlace(verb)])),
  // Whatever SITE is told, it accepts; what it did not understand stands in the lines before.
  SITE: {
    argument: "required",
    run: (_context, argument) => {
      const parameter = argument.split(" ", 1)[0] ?? "";
      return `200-Unrecognized parameter '${parameter}' on SITE command.\r\n200 SITE command was accepted`;
    },
  },
};

/**
 * Data sets in quotes, their qualifiers apart by dots; members in parentheses; and beside them the Unix files, with "/". A prefix is a
 * working directory whether or not anything begins with it. No SIZE, no REST, and SITE accepts everything.
 */
export const zos: Personality = {
  name: "z/OS",
  witness:
    "z/OS Communications Server V2R3, IP User's Guide (SC27-3662) and FTPD reply codes; listings: families mvs-dataset, mvs-member",
  greeting:
    "220-FTPD1 IBM FTP CS V2R3 at HARBOUR.EXAMPLE, 16:01:48 on 2020-04-09.\r\n220 Connection will close if idle for more than 10 minutes.",
  commands: knowing({
    without: "OPTS MLSD MLST MFMT SIZE MDTM REST STAT NLST FEAT",
    with: { ...systemAs("MVS is the operating system of this server. FTP Server is running on z/OS."), ...commands },
  }),
  unknown: ({ verb }) => `500 unknown command ${verb}`,
  words: {
    "USER 331": "331 Send password please.",
    "PASS 230": '230 DEMO is logged on.  Working directory is "DEMO.".',
    "PASS 530": "530 PASS command failed",
    "QUIT 221": "221 Quit command received. Goodbye.",
    "TYPE 200": "200 Representation type is Image",
    "DELE 250": ({ argument }) => `250 ${argument.replaceAll("'", "")} deleted.`,
    "RMD 250": ({ argument }) => `250 ${argument.replaceAll("'", "")} deleted.`,
    "MKD 257": ({ argument }) => `257 "${argument}" created.`,
    "RNFR 350": "350 RNFR accepted. Please supply new name for RNTO.",
    "RNTO 250": ({ argument }) => `250 renamed to ${argument.replaceAll("'", "")}`,
    "LIST 150": "125 List started OK",
    "LIST 226": "250 List completed successfully.",
    "RETR 150": ({ argument }) => `125 Sending data set ${argument.replaceAll("'", "")} FIXrecfm 80`,
    "STOR 150": ({ argument }) => `125 Storing data set ${argument.replaceAll("'", "")}`,
    "* 226": "250 Transfer completed successfully.",
    "RETR 550": ({ argument }) => `550 Data set ${argument.replaceAll("'", "")} not found`,
  },
};
