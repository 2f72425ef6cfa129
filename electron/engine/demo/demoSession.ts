import type { Socket } from "node:net";
import type { Clock } from "./clock.ts";
import { BrokenInput, type Command, parseCommand } from "./commandLines.ts";
import type { CommandContext, CommandTable, SessionState } from "./commandTable.ts";
import { closePassive, dataCommands } from "./dataCommands.ts";
import { describeCommands } from "./describeCommands.ts";
import { fileCommands } from "./fileCommands.ts";
import { createInbox } from "./inbox.ts";
import { knownFacts } from "./listingLines.ts";
import { loginCommands } from "./loginCommands.ts";
import { type Reply, reply, replyLines, replyToFailure } from "./reply.ts";
import type { ControlLine, ServerHooks } from "./serverHooks.ts";
import { transferCommands } from "./transferCommands.ts";
import type { VirtualFiles } from "./virtualFiles.ts";

export type SessionParts = {
  readonly sessionId: number;
  readonly files: VirtualFiles;
  readonly login: { readonly user: string; readonly password: string };
  readonly clock: Clock;
  readonly hooks: ServerHooks;
  readonly commands: CommandTable;
  readonly idleMs: number;
};

/** Everything this server knows; HELP is made from the table that is in force. */
export const demoCommands: CommandTable = {
  ...loginCommands,
  ...describeCommands,
  ...fileCommands,
  ...dataCommands,
  ...transferCommands,
  HELP: { argument: "optional", beforeLogin: true, run: ({ commands }, verb) => help(commands, verb) },
};

/** Commands of RFC 959 and its children that exist but are not for this server: 502, where a word nobody knows gets 500. */
const leftOut = new Set(
  "ACCT SMNT REIN PORT STOU EPRT AUTH PBSZ PROT CCC MIC CONF ENC ADAT LANG HOST CLNT HASH RANG MFCT MFF".split(" "),
);

/** One client from greeting to goodbye: commands in order, one final reply each. Resolves when the connection is over. */
export async function serveSession(socket: Socket, parts: SessionParts): Promise<void> {
  const { hooks, clock } = parts;
  const control = openControl(socket, parts.sessionId);
  const gone = new AbortController();
  const state = createState();
  const inbox = createInbox(socket);
  let running: AbortController | null = null;

  socket.once("close", () => gone.abort());
  inbox.onLine((line) => {
    // ABOR means the command before it: only when nothing else waits is that the one running now.
    if (inbox.waiting() === 0 && parseCommand(line).verb === "ABOR") running?.abort();
  });
  const say = (text: Reply, command: Command | null) => hooks.writeReply(text, command, control);

  async function perform(command: Command): Promise<void> {
    running = new AbortController();
    const context: CommandContext = {
      ...parts,
      state,
      control,
      localAddress: socket.localAddress ?? "",
      peerAddress: socket.remoteAddress ?? "",
      sayFirst: (text) => say(text, command),
      signal: AbortSignal.any([gone.signal, running.signal]),
    };
    const final = await execute(command, context).catch(replyToFailure);
    forgetWhatWasForThis(command.verb, state);
    running = null;
    await say(final, command);
  }

  try {
    await say(reply(220, "Portside demo server"), null);
    while (!state.isLeaving && !gone.signal.aborted) {
      const next = await inbox.next(clock, parts.idleMs);
      if (next === "silent") {
        await say(reply(421, "You were silent for too long."), null);
        break;
      }
      if (next === "ended") break;
      const command = parseCommand(next.line);
      if ((await hooks.beforeCommand(command, control)) === "run") await perform(command);
    }
  } catch (error) {
    if (error instanceof BrokenInput) await say(reply(500, error.message), null);
  } finally {
    closePassive(state);
    control.end();
  }
}

function createState(): SessionState {
  return {
    user: null,
    isLoggedIn: false,
    failedLogins: 0,
    folder: "/",
    type: "A",
    mode: "S",
    restart: 0,
    renameFrom: null,
    passive: null,
    onlyEpsv: false,
    facts: new Set(knownFacts),
    isLeaving: false,
  };
}

async function execute({ verb, argument }: Command, context: CommandContext): Promise<Reply> {
  const { commands } = context;
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
  if (!command)
    return leftOut.has(verb) ? reply(502, `${verb} is not for this server.`) : reply(500, "Unknown command.");
  if (!context.state.isLoggedIn && !command.beforeLogin) return reply(530, "Log in with USER and PASS.");
  if (command.argument === "none" && argument !== "") return reply(501, `${verb} takes no argument.`);
  if (command.argument === "required" && argument === "") return reply(501, `${verb} needs an argument.`);
  return command.run(context, argument);
}

/** RNFR counts for the very next command only, REST for the next transfer. */
function forgetWhatWasForThis(verb: string, state: SessionState): void {
  if (verb !== "RNFR") state.renameFrom = null;
  if (Object.hasOwn(transferCommands, verb)) state.restart = 0;
}

function help(commands: CommandTable, verb: string): Reply {
  const known = Object.keys(commands).sort();
  if (verb === "") return replyLines(214, "Commands:", [known.join(" ")], "End");
  return known.includes(verb.toUpperCase())
    ? reply(214, `${verb} is understood.`)
    : reply(502, `${verb} is not for this server.`);
}

function openControl(socket: Socket, sessionId: number): ControlLine {
  socket.on("error", () => {}); // "close" follows and ends the session
  return {
    sessionId,
    write: (bytes) =>
      new Promise((resolve) => {
        if (!socket.writable) resolve();
        else socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes, () => resolve());
      }),
    end: () => {
      socket.end();
      socket.resume(); // what still comes is dropped, so that the close is not a reset
    },
    reset: () => void socket.resetAndDestroy(),
  };
}
