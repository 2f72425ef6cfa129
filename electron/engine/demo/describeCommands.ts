import type { CommandContext, CommandTable } from "./commandTable.ts";
import { type Fact, factsLine, knownFacts, unixLine } from "./listingLines.ts";
import { type Reply, reply, replyLines } from "./reply.ts";
import { baseName, resolveVirtual } from "./virtualPath.ts";

/** What tells the client about the server and about single entries: SYST FEAT OPTS HELP STAT NOOP MLST. */
export const describeCommands: CommandTable = {
  SYST: { argument: "none", beforeLogin: true, run: () => reply(215, "UNIX Type: L8") },
  NOOP: { argument: "none", beforeLogin: true, run: () => reply(200, "Still here.") },
  FEAT: {
    argument: "none",
    beforeLogin: true,
    run: ({ hooks, state }) => replyLines(211, "Features:", hooks.listFeatures(features(state.facts)), "End"),
  },
  OPTS: { argument: "required", beforeLogin: true, run: setOption },
  STAT: { argument: "optional", run: describeState },
  MLST: { argument: "optional", run: describeEntry },
};

/** RFC 2389 §3.2; the asterisk marks facts that are switched on, RFC 3659 §7.8. */
function features(facts: ReadonlySet<Fact>): string[] {
  const mlst = knownFacts.map((fact) => `${fact}${facts.has(fact) ? "*" : ""};`).join("");
  return ["EPSV", "MDTM", "MFMT", `MLST ${mlst}`, "MODE Z", "PASV", "REST STREAM", "SIZE", "TVFS", "UTF8"];
}

function setOption({ state }: CommandContext, argument: string): Reply {
  const [name = "", value = ""] = argument.split(/ (.*)/);
  switch (name.toUpperCase()) {
    case "UTF8":
      return value.toUpperCase() === "ON" ? reply(200, "Names are UTF-8.") : reply(504, "Names are always UTF-8.");
    case "MLST": {
      const asked = value.toLowerCase().split(";");
      state.facts = new Set(knownFacts.filter((fact) => asked.includes(fact.toLowerCase())));
      const chosen = Array.from(state.facts, (fact) => `${fact};`).join("");
      return reply(200, `MLST OPTS ${chosen}`.trimEnd());
    }
    default:
      return reply(501, "There is no such option.");
  }
}

async function describeState({ state, files, clock }: CommandContext, argument: string): Promise<Reply> {
  if (argument === "") {
    const type = state.type === "A" ? "ASCII" : "image";
    return replyLines(211, "Portside demo server", [`Folder: ${state.folder}`, `Type: ${type}`], "End");
  }
  const path = resolveVirtual(state.folder, argument);
  const stats = await files.inspect(path);
  const entries = [];
  if (stats.isDirectory()) for await (const entry of files.list(path)) entries.push(entry);
  else entries.push({ name: baseName(path), stats });
  const lines = entries.map((entry) => unixLine(entry, clock.now()));
  return replyLines(stats.isDirectory() ? 212 : 213, `Status of ${path}:`, lines, "End");
}

/** The one line begins with one blank and names the whole path. RFC 3659 §7.2. */
async function describeEntry({ state, files }: CommandContext, argument: string): Promise<Reply> {
  const path = resolveVirtual(state.folder, argument);
  const stats = await files.inspect(path);
  return replyLines(250, `Facts of ${path}:`, [factsLine(path, stats, state.facts)], "End");
}
