import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Command } from "../../electron/engine/demo/commandLines.ts";
import { startDemoServer } from "../../electron/engine/demo/demoServer.ts";
import type { ControlLine, DataTransfer } from "../../electron/engine/demo/serverHooks.ts";
import { type Aim, type CommandFault, createAims, meetFault, writeFaulty } from "./commandFaults.ts";
import { countBytes, type DataFault, makeFault } from "./dataFaults.ts";
import { inWordsOf, type Personality } from "./personality.ts";

/** What the server can pretend not to know, in FEAT and in deed. */
export type Ability = "MLSD" | "EPSV" | "MFMT" | "MDTM" | "SIZE" | "REST" | "UTF8" | "FEAT";

export type JournalEntry = { readonly sessionId: number; readonly verb: string; readonly argument: string };

export type TransferRecord = {
  readonly sessionId: number;
  readonly verb: string;
  readonly path: string;
  readonly offset: number;
  /** Bytes that went through the data connection so far. */
  readonly bytes: number;
};

export type ScriptedServerOptions = {
  /** Default: a fresh folder that goes away with the server. */
  readonly root?: string;
  readonly port?: number;
  readonly lacks?: readonly Ability[];
  /** Says 350 to REST and begins at 0 all the same. */
  readonly ignoresRest?: boolean;
  /** Counts offsets in a number that begins again here, as old servers do at 2 or 4 GiB. */
  readonly restWrapsAt?: number;
  /** Sessions at once; the next gets 421. Can be changed while it runs. */
  readonly maxSessions?: number;
  readonly idleMs?: number;
  /** The server to be, in words and deeds. Default: the demo server itself. */
  readonly personality?: Personality;
};

/** The demo server with a journal and with faults at command. Strict where the real ones are lax. */
export type ScriptedServer = {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly root: string;
  /** Every command in the order it was read, PASS without its argument. */
  readonly journal: readonly JournalEntry[];
  readonly transfers: () => readonly TransferRecord[];
  /** Bytes over all data connections, listings included. */
  readonly bytesOut: () => number;
  readonly bytesIn: () => number;
  readonly verbs: () => readonly string[];
  /** Connections that came when there was no room. */
  readonly turnedAway: () => number;
  /** Adds a fault; the first that fits is used. Returns its undo. */
  readonly failCommand: (aim: Aim, fault: CommandFault) => () => void;
  readonly failData: (aim: Aim, fault: DataFault) => () => void;
  readonly setMaxSessions: (count: number) => void;
  readonly stop: () => Promise<void>;
};

const user = "demo";
const password = "secret";

/** Which commands an ability stands for. */
const commandsOf: Readonly<Record<Ability, readonly string[]>> = {
  MLSD: ["MLSD", "MLST"],
  EPSV: ["EPSV"],
  MFMT: ["MFMT"],
  MDTM: ["MDTM"],
  SIZE: ["SIZE"],
  REST: ["REST"],
  UTF8: [],
  FEAT: ["FEAT"],
};
/** How FEAT and OPTS call it where that is another name. RFC 3659 §7.8 has MLST stand for both. */
const featureOf = (ability: Ability) => (ability === "MLSD" ? "MLST" : ability);

export async function startScriptedServer(options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
  const ownFolder = options.root ? null : await mkdtemp(join(tmpdir(), "portside-scripted-"));
  const root = options.root ?? join(ownFolder ?? "", "served");
  const lacks = options.lacks ?? [];
  const lackingCommands = new Set(lacks.flatMap((ability) => commandsOf[ability]));
  const isLacking = (feature: string) => lacks.some((ability) => feature.startsWith(featureOf(ability)));
  const { personality } = options;
  let maxSessions = options.maxSessions ?? personality?.ceiling?.sessions ?? Number.POSITIVE_INFINITY;

  const journal: JournalEntry[] = [];
  const counted: { readonly transfer: DataTransfer; readonly bytes: () => number }[] = [];
  const commandFaults = createAims<CommandFault>();
  const dataFaults = createAims<DataFault>();
  let turnedAway = 0;
  /** Sessions that have heard the 226 of the transfer that still runs. */
  const toldEarly = new Set<number>();
  /** The fault that the command now running in a session met. */
  const current = new Map<number, CommandFault>();

  async function beforeCommand({ verb, argument }: Command, control: ControlLine): Promise<"run" | "answered"> {
    journal.push({ sessionId: control.sessionId, verb, argument: verb === "PASS" ? "" : argument });
    const isUnknown = lackingCommands.has(verb) || (verb === "OPTS" && isLacking(argument));
    if (isUnknown) {
      await control.write(`502 ${verb} not implemented.\r\n`);
      return "answered";
    }
    if (personality && !Object.hasOwn(personality.commands, verb)) {
      await control.write(`${personality.unknown({ verb, argument })}\r\n`);
      return "answered";
    }
    const fault = commandFaults.take(verb, argument);
    current.delete(control.sessionId);
    if (!fault) return "run";
    current.set(control.sessionId, fault);
    return meetFault(fault, control);
  }

  const server = await startDemoServer({
    root,
    user,
    password,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
    ...(personality === undefined ? {} : { commands: personality.commands }),
    hooks: {
      admit: (sessions) => {
        if (sessions < maxSessions) return null;
        turnedAway += 1;
        return personality?.ceiling?.refusal ?? "421 Too many users, try again later.";
      },
      beforeCommand,
      writeReply: async (reply, command, control) => {
        const fault = command ? current.get(control.sessionId) : commandFaults.take("greeting", reply);
        if (!command && fault && (await meetFault(fault, control)) === "answered") return;
        if (toldEarly.delete(control.sessionId) && reply.startsWith("226")) return;
        await writeFaulty(personality ? inWordsOf(personality, reply, command) : reply, fault, control);
      },
      listFeatures: (features) => features.filter((feature) => !isLacking(feature)),
      chooseOffset: (offset) => (options.ignoresRest ? 0 : offset % (options.restWrapsAt ?? Number.MAX_SAFE_INTEGER)),
      shapeData: (transfer) => {
        const counter = countBytes();
        counted.push({ transfer, bytes: counter.bytes });
        const fault = dataFaults.take(transfer.verb, transfer.path);
        const early = personality?.saysDoneEarly?.(transfer) ?? null;
        const stages = [
          ...(fault ? [makeFault(fault, transfer)] : []),
          ...(early === null ? [] : [sayFirst(early, transfer, toldEarly)]),
        ];
        return transfer.direction === "download" ? [...stages, counter.stage] : [counter.stage, ...stages];
      },
    },
  });

  const sum = (direction: DataTransfer["direction"]) =>
    counted.filter(({ transfer }) => transfer.direction === direction).reduce((total, { bytes }) => total + bytes(), 0);
  return {
    host: "127.0.0.1",
    port: server.port,
    user,
    password,
    root,
    journal,
    transfers: () =>
      counted.map(({ transfer: { sessionId, verb, path, offset }, bytes }) => ({
        sessionId,
        verb,
        path,
        offset,
        bytes: bytes(),
      })),
    bytesOut: () => sum("download"),
    bytesIn: () => sum("upload"),
    verbs: () => journal.map(({ verb }) => verb),
    turnedAway: () => turnedAway,
    failCommand: commandFaults.add,
    failData: dataFaults.add,
    setMaxSessions: (count) => {
      maxSessions = count;
    },
    stop: async () => {
      await server.close();
      if (ownFolder) await rm(ownFolder, { recursive: true, force: true });
    },
  };
}

/** Says how the transfer has ended before its bytes begin to move, as some small servers do. */
function sayFirst(reply: string, { sessionId, control }: DataTransfer, toldEarly: Set<number>): Transform {
  let isSaid = false;
  return new Transform({
    async transform(chunk: Buffer, _encoding, done) {
      if (!isSaid) {
        isSaid = true;
        toldEarly.add(sessionId);
        await control.write(`${reply}\r\n`);
        await delay(earlyMs);
      }
      done(null, chunk);
    },
  });
}

const earlyMs = 15; // the words arrive, and are read, before the first byte
