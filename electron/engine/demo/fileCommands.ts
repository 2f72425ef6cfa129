import type { CommandContext, CommandTable } from "./commandTable.ts";
import { parseTimeStamp, timeStamp } from "./listingLines.ts";
import { Refusal, type Reply, reply } from "./reply.ts";
import { resolveVirtual } from "./virtualPath.ts";

/** Folders, names and attributes. RFC 959 §4.1.3, RFC 3659 §3–4, MFMT by draft-somers-ftp-mfxx. */
export const fileCommands: CommandTable = {
  PWD: { argument: "none", run: ({ state }) => reply(257, `${quotePath(state.folder)} is where you are.`) },
  CWD: { argument: "required", run: changeFolder },
  CDUP: { argument: "none", run: (context) => changeFolder(context, "..") },
  MKD: {
    argument: "required",
    run: async ({ state, files }, argument) => {
      const path = resolveVirtual(state.folder, argument);
      await files.makeFolder(path);
      return reply(257, `${quotePath(path)} created.`);
    },
  },
  RMD: {
    argument: "required",
    run: async ({ state, files }, argument) => {
      await files.removeFolder(resolveVirtual(state.folder, argument));
      return reply(250, "Folder removed.");
    },
  },
  DELE: {
    argument: "required",
    run: async ({ state, files }, argument) => {
      await files.removeFile(resolveVirtual(state.folder, argument));
      return reply(250, "File deleted.");
    },
  },
  RNFR: {
    argument: "required",
    run: async ({ state, files }, argument) => {
      const path = resolveVirtual(state.folder, argument);
      await files.inspect(path);
      state.renameFrom = path;
      return reply(350, "To what name?");
    },
  },
  RNTO: {
    argument: "required",
    run: async ({ state, files }, argument) => {
      const from = state.renameFrom;
      if (from === null) return reply(503, "Send RNFR first.");
      await files.rename(from, resolveVirtual(state.folder, argument));
      return reply(250, "Renamed.");
    },
  },
  SIZE: {
    argument: "required",
    run: async ({ state, files }, argument) => {
      const stats = await files.inspect(resolveVirtual(state.folder, argument));
      if (!stats.isFile()) return reply(550, "That is not a file.");
      if (state.type === "A") return reply(550, "The size in TYPE A is not known; send TYPE I."); // RFC 3659 §4
      return reply(213, String(stats.size));
    },
  },
  MDTM: {
    argument: "required",
    run: async ({ state, files }, argument) => {
      const stats = await files.inspect(resolveVirtual(state.folder, argument));
      return stats.isFile() ? reply(213, timeStamp(stats.mtimeMs)) : reply(550, "That is not a file.");
    },
  },
  MFMT: { argument: "required", run: setModified },
  SITE: { argument: "required", run: runSiteCommand },
};

async function changeFolder({ state, files }: CommandContext, argument: string): Promise<Reply> {
  const path = resolveVirtual(state.folder, argument);
  await files.requireFolder(path);
  state.folder = path;
  return reply(250, `${quotePath(path)} is where you are now.`);
}

async function setModified({ state, files }: CommandContext, argument: string): Promise<Reply> {
  const { first, rest } = splitFirst(argument);
  const timeMs = parseTimeStamp(first);
  if (timeMs === null || rest === "") return reply(501, "MFMT YYYYMMDDHHMMSS path");
  await files.setModified(resolveVirtual(state.folder, rest), timeMs);
  return reply(213, `Modify=${timeStamp(timeMs)}; ${rest}`);
}

async function runSiteCommand({ state, files }: CommandContext, argument: string): Promise<Reply> {
  const { first, rest } = splitFirst(argument);
  if (first.toUpperCase() === "HELP") return reply(214, "SITE CHMOD mode path");
  if (first.toUpperCase() !== "CHMOD") return reply(504, "There is no such SITE command.");
  const { first: mode, rest: path } = splitFirst(rest);
  if (!/^[0-7]{3,4}$/.test(mode) || path === "") throw new Refusal(501, "SITE CHMOD mode path");
  await files.setMode(resolveVirtual(state.folder, path), Number.parseInt(mode, 8));
  return reply(200, "Permissions changed.");
}

function splitFirst(text: string): { readonly first: string; readonly rest: string } {
  const space = text.indexOf(" ");
  return space < 0 ? { first: text, rest: "" } : { first: text.slice(0, space), rest: text.slice(space + 1) };
}

/** Quotes inside a path are doubled. RFC 959 appendix II. */
function quotePath(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
