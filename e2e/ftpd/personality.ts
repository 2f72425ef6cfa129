import type { Command } from "../../electron/engine/demo/commandLines.ts";
import type { CommandTable } from "../../electron/engine/demo/commandTable.ts";
import { demoCommands } from "../../electron/engine/demo/demoSession.ts";
import { type Reply, reply } from "../../electron/engine/demo/reply.ts";
import type { DataTransfer } from "../../electron/engine/demo/serverHooks.ts";

/**
 * A server that cannot be installed here, as its clients know it: what it knows, what it says, how it lists and how it writes paths.
 * Its strictness is the demo server's; only what that server is known to do otherwise stands here.
 */
export type Personality = {
  readonly name: string;
  /** What the facts rest on: a version, a manual, a listing or reply of the case files. */
  readonly witness: string;
  /** Its first words, code and all. */
  readonly greeting: Reply;
  /** What it knows. The rest is answered by `unknown`. */
  readonly commands: CommandTable;
  readonly unknown: (command: Command) => Reply;
  readonly words: Words;
  /** Sessions at once, and what the next one hears instead of the greeting. */
  readonly ceiling?: { readonly sessions: number; readonly refusal: Reply };
  /** Called before the bytes of a data connection move; what it returns is said at once, in place of the final 226. */
  readonly saysDoneEarly?: (transfer: DataTransfer) => Reply | null;
};

/** Replies in the server's own words, by verb and code: "CWD 250", or "* 550" for any verb. */
export type Words = Readonly<Record<string, Reply | ((command: Command, plain: Reply) => Reply)>>;

/** What the server says where the demo server would say `plain`. */
export function inWordsOf(personality: Personality, plain: Reply, command: Command | null): Reply {
  if (command === null) return plain.startsWith("220") ? personality.greeting : plain;
  const { words } = personality;
  const code = plain.slice(0, 3);
  const word = words[`${command.verb} ${code}`] ?? words[`* ${code}`];
  if (word === undefined) return plain;
  return typeof word === "string" ? word : word(command, plain);
}

/** The demo server's commands without some, and with others. */
export function knowing(changes: { readonly without?: string; readonly with?: CommandTable }): CommandTable {
  const without = new Set((changes.without ?? "").split(" "));
  const kept = Object.entries(demoCommands).filter(([verb]) => !without.has(verb));
  return { ...Object.fromEntries(kept), ...changes.with };
}

/** FEAT as a fixed text, line by line as the server writes it. */
export function featuresAs(lines: readonly string[]): CommandTable {
  return { FEAT: { argument: "none", beforeLogin: true, run: () => lines.join("\r\n") } };
}

/** SYST as a fixed text; only its 215 is given. */
export function systemAs(text: string): CommandTable {
  return { SYST: { argument: "none", beforeLogin: true, run: () => reply(215, text) } };
}

/** `257 "/a" is current directory.`, as most say it. */
export function inCurrentDirectory(_command: Command, plain: Reply): Reply {
  return plain.replace("where you are", "current directory");
}
