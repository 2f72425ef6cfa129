import type { FileHandle } from "node:fs/promises";
import type { Socket } from "node:net";
import { type Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createDeflate, createInflate } from "node:zlib";
import { fromNetworkLines, toNetworkLines } from "./asciiLines.ts";
import type { CommandContext, CommandTable } from "./commandTable.ts";
import { closePassive } from "./dataCommands.ts";
import { factsLine, unixLine } from "./listingLines.ts";
import { Refusal, type Reply, reply, replyToFailure } from "./reply.ts";
import type { DataTransfer } from "./serverHooks.ts";
import type { VirtualEntry } from "./virtualFiles.ts";
import { baseName, resolveVirtual, type VirtualPath } from "./virtualPath.ts";

/** What uses a data connection: RETR STOR APPE LIST NLST MLSD. Each closes it at its end, as MODE S demands. */
export const transferCommands: CommandTable = {
  RETR: { argument: "required", run: retrieve },
  STOR: { argument: "required", run: (context, argument) => store(context, argument, "STOR") },
  APPE: { argument: "required", run: (context, argument) => store(context, argument, "APPE") },
  LIST: {
    argument: "optional",
    run: (context, argument) => {
      const { path, showsHidden } = parseListArgument(context, argument);
      const nowMs = context.clock.now();
      return sendListing(context, "LIST", path, listOne, (entry) =>
        showsHidden || !entry.name.startsWith(".") ? unixLine(entry, nowMs) : null,
      );
    },
  },
  NLST: {
    argument: "optional",
    run: (context, argument) => {
      const { path, showsHidden } = parseListArgument(context, argument);
      return sendListing(context, "NLST", path, listOne, ({ name }) =>
        showsHidden || !name.startsWith(".") ? name : null,
      );
    },
  },
  MLSD: {
    argument: "optional",
    run: (context, argument) => {
      const path = resolveVirtual(context.state.folder, argument);
      const { facts } = context.state;
      return sendListing(context, "MLSD", path, refuseOne, ({ name, stats }) => factsLine(name, stats, facts));
    },
  },
};

const fileChunkBytes = 256 * 1024; // fewer, larger reads: the default of 64 KiB costs twice the processor time
const linesPerChunk = 500;
const dataSilenceMs = 60_000;

async function retrieve(context: CommandContext, argument: string): Promise<Reply> {
  const { state, files, hooks } = context;
  const path = resolveVirtual(state.folder, argument);
  const { handle, size } = await files.openToRead(path);
  try {
    const offset = hooks.chooseOffset(state.restart, "RETR");
    if (offset > size) throw new Refusal(554, `Cannot begin at ${offset}: there are ${size} bytes.`);
    const transfer = { verb: "RETR", path, offset, direction: "download" } as const;
    return await moveData(context, transfer, `Sending ${size - offset} bytes.`, (socket, stages) => [
      handle.createReadStream({ start: offset, highWaterMark: fileChunkBytes }),
      ...(state.type === "A" ? [toNetworkLines()] : []),
      ...stages,
      socket,
    ]);
  } finally {
    await handle.close();
  }
}

async function store(context: CommandContext, argument: string, verb: "STOR" | "APPE"): Promise<Reply> {
  const { state, files, hooks } = context;
  const path = resolveVirtual(state.folder, argument);
  const wanted = verb === "APPE" ? "end" : hooks.chooseOffset(state.restart, verb);
  const { handle, offset } = await files.openToWrite(path, wanted);
  try {
    const transfer = { verb, path, offset, direction: "upload" } as const;
    return await moveData(context, transfer, "Ready for your bytes.", (socket, stages) => [
      socket,
      ...stages,
      ...(state.type === "A" ? [fromNetworkLines()] : []),
      openSink(handle, offset),
    ]);
  } finally {
    await handle.close();
  }
}

function openSink(handle: FileHandle, start: number) {
  return handle.createWriteStream({ start, highWaterMark: fileChunkBytes });
}

type OnFile = (path: VirtualPath, entry: VirtualEntry) => readonly VirtualEntry[];
const listOne: OnFile = (_path, entry) => [entry];
const refuseOne: OnFile = () => {
  throw new Refusal(501, "That is not a folder."); // RFC 3659 §7.2.1
};

async function sendListing(
  context: CommandContext,
  verb: string,
  path: VirtualPath,
  onFile: OnFile,
  write: (entry: VirtualEntry) => string | null,
): Promise<Reply> {
  const { files } = context;
  const stats = await files.inspect(path);
  const entries = stats.isDirectory() ? files.list(path) : onFile(path, { name: baseName(path), stats });
  return sendLines(context, verb, path, writeEntries(entries, write));
}

async function* writeEntries(
  entries: AsyncIterable<VirtualEntry> | Iterable<VirtualEntry>,
  write: (entry: VirtualEntry) => string | null,
): AsyncGenerator<string> {
  for await (const entry of entries) {
    const line = write(entry);
    if (line !== null) yield line;
  }
}

/** A listing of `path` over the data connection, each line (latin-1) with its CR LF. */
export function sendLines(
  context: CommandContext,
  verb: string,
  path: VirtualPath,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<Reply> {
  const transfer = { verb, path, offset: 0, direction: "download" } as const;
  return moveData(context, transfer, "Here comes the listing.", (socket, stages) => [
    Readable.from(joinLines(lines), { objectMode: false }),
    ...stages,
    socket,
  ]);
}

async function* joinLines(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let waiting: string[] = [];
  for await (const line of lines) {
    waiting.push(`${line}\r\n`);
    if (waiting.length < linesPerChunk) continue;
    yield Buffer.from(waiting.join(""), "latin1");
    waiting = [];
  }
  if (waiting.length > 0) yield Buffer.from(waiting.join(""), "latin1");
}

type Move = Omit<DataTransfer, "sessionId" | "socket" | "control">;
type Streams = readonly (NodeJS.ReadableStream | NodeJS.WritableStream | NodeJS.ReadWriteStream)[];

/** Waits for the data connection, says 150, moves the bytes, closes, and says how it ended. */
async function moveData(
  context: CommandContext,
  move: Move,
  opening: string,
  connect: (socket: Socket, stages: readonly Duplex[]) => Streams,
): Promise<Reply> {
  const { state, hooks, control, signal } = context;
  if (!state.passive) return reply(425, "Send EPSV or PASV first.");
  const socket = await state.passive.accept(signal);
  state.passive = null;
  try {
    await context.sayFirst(reply(150, opening));
    socket.setTimeout(dataSilenceMs, () => socket.destroy(new Error("silence")));
    const wire = hooks.shapeData({ ...move, sessionId: control.sessionId, socket, control });
    const stages =
      state.mode === "S"
        ? wire
        : move.direction === "download"
          ? [createDeflate(), ...wire]
          : [...wire, createInflate()];
    await Promise.race([pipeline([...connect(socket, stages)], { signal }), untilBroken(socket, move.direction)]);
    return reply(226, "Transfer complete.");
  } catch (error) {
    const refused = replyToFailure(error);
    return refused.startsWith("452") ? refused : reply(426, "The transfer was cut short.");
  } finally {
    socket.destroy();
    closePassive(state);
  }
}

/**
 * Rejects when the socket is gone before its side of the transfer has ended; never resolves. `pipeline` alone waits for ever when a
 * connection is reset after its last byte has come and before that byte was read (Node 24).
 */
function untilBroken(socket: Socket, direction: DataTransfer["direction"]): Promise<never> {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // the race may be over
  socket.once("close", () => {
    const hasEnded = direction === "upload" ? socket.readableEnded : socket.writableFinished;
    if (!hasEnded) broken.reject(new Error("The data connection broke."));
  });
  return broken.promise;
}

/** "-a" and the like are switches, as of ls; anything else is a path, also one that begins with "-". */
function parseListArgument(context: CommandContext, argument: string): { path: VirtualPath; showsHidden: boolean } {
  const match = /^(?<switches>-[a-zA-Z1]+)(?: (?<path>.*))?$/.exec(argument);
  const path = resolveVirtual(context.state.folder, match ? (match.groups?.path ?? "") : argument);
  return { path, showsHidden: match?.groups?.switches?.includes("a") ?? false };
}
