import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../../shared/errors/errorKind.ts";
import type { Entry, TimePrecision } from "../../../../shared/models/entry.ts";
import { baseNameOfRemote } from "../../../../shared/models/remotePath.ts";
import type { Direction } from "../../../../shared/models/transfer.ts";
import type { RemoteSession, SessionAbilities } from "../../sessions/remoteSession.ts";

/** What a folder server is told to do wrong, and what it has done. Paths are wire paths. */
export type FolderServer = {
  /** Breaks the connection of the next matching transfers after this many bytes of theirs; each entry once. */
  readonly drops: { readonly path: string; readonly afterBytes: number }[];
  /** Refuses an operation on a path every time. */
  readonly refusals: { readonly operation: Operation; readonly path: string; readonly kind: ErrorKind }[];
  /** Says that an upload is complete and keeps this much of it; each entry once. */
  readonly cuts: { readonly path: string; readonly toBytes: number }[];
  /** What it calls its system. */
  system: string | null;
  /** Every session breaks at its next step. */
  isDown: boolean;
  /** Waits before each run of bytes. */
  delayMs: number;
  /** How much of a time its listings tell. */
  listsTimesTo: TimePrecision;
  chunkBytes: number;
  can: SessionAbilities;
  /** "ignores": begins at the start whatever was asked; "refuses": says so before a byte moves. */
  restart: "honours" | "ignores" | "refuses" | { readonly wrapsAt: number };
  renames: "always" | "to free names" | "never";
  /** Changes one byte on its way, of the next matching transfers; each entry once. */
  readonly flips: { readonly path: RegExp; readonly at: number }[];
  /** Bytes that arrived at or left the server, by path. */
  readonly moved: Map<string, number>;
  /** One line for each operation: "upload /a 0". */
  readonly journal: string[];
  /** Called when bytes of a path have moved, while its transfer still runs. */
  onMoved: (path: string, bytes: number, direction: Direction) => void;
};

type Operation =
  | "list"
  | "stat"
  | "rename"
  | "removeFile"
  | "checksum"
  | "download"
  | "upload"
  | "finishUpload"
  | "makeFolder"
  | "setModified";

export function planFolderServer(): FolderServer {
  return {
    drops: [],
    refusals: [],
    cuts: [],
    system: null,
    isDown: false,
    delayMs: 0,
    listsTimesTo: "second",
    chunkBytes: 64 * 1024,
    restart: "honours",
    renames: "always",
    flips: [],
    can: {
      resumeDownload: true,
      resumeUpload: true,
      setModified: true,
      checksum: null,
      copy: false,
      createLink: false,
      removeTree: false,
      showLinks: true,
    },
    moved: new Map(),
    journal: [],
    onMoved: () => {},
  };
}

/** A session whose server is a folder of this disk. Wire names are UTF-8 bytes, as on most servers. */
export function openFolderSession(root: string, server: FolderServer): RemoteSession {
  let isUsable = true;
  let isBusy = false;
  const local = (path: string) => join(root, toText(path));

  async function operate<T>(
    operation: Operation,
    path: string,
    signal: AbortSignal,
    work: () => Promise<T>,
    note = "",
  ): Promise<T> {
    if (isBusy) throw new AppError("internal", `${operation} while another operation runs`);
    if (server.isDown) isUsable = false;
    if (!isUsable) throw new AppError("connection-lost", "The session is gone");
    if (signal.aborted) throw new AppError("cancelled", "Stopped");
    isBusy = true;
    server.journal.push(`${operation} ${path}${note}`);
    try {
      const refusal = server.refusals.find((one) => one.operation === operation && one.path === path);
      if (refusal !== undefined) {
        throw new AppError(refusal.kind, `550 no ${operation}`, { reply: { code: 550, text: `no ${operation}` } });
      }
      return await work();
    } catch (error) {
      throw error instanceof AppError ? error : toRemoteError(error, path);
    } finally {
      isBusy = false;
    }
  }

  /** Called before each run of bytes: how many may pass now. */
  async function pass(path: string, count: number, movedHere: number, signal: AbortSignal): Promise<number> {
    if (server.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, server.delayMs));
    if (signal.aborted) {
      isUsable = false;
      throw new AppError("cancelled", "Stopped");
    }
    if (server.isDown) {
      isUsable = false;
      throw new AppError("connection-lost", "The network is gone");
    }
    const drop = server.drops.find((one) => one.path === path && movedHere + count > one.afterBytes);
    if (drop === undefined) return count;
    if (movedHere < drop.afterBytes) return drop.afterBytes - movedHere;
    server.drops.splice(server.drops.indexOf(drop), 1);
    isUsable = false;
    throw new AppError("connection-lost", "The connection broke");
  }

  function refuseRestart(offset: number, isText = false): void {
    if (offset > 0 && isText) throw new AppError("resume-refused", "Text is transferred from its beginning");
    if (offset > 0 && server.restart === "refuses") throw new AppError("resume-refused", "502 REST not implemented");
  }

  /** Spoils the byte that an entry names, when it is among these. */
  function flip(path: string, bytes: Uint8Array, from: number): void {
    const found = server.flips.findIndex(
      (one) => one.path.test(path) && one.at >= from && one.at < from + bytes.length,
    );
    const [one] = found < 0 ? [] : server.flips.splice(found, 1);
    if (one !== undefined) bytes[one.at - from] = (bytes[one.at - from] ?? 0) ^ 1;
  }

  function note(path: string, count: number, direction: Direction): void {
    server.moved.set(path, (server.moved.get(path) ?? 0) + count);
    server.onMoved(path, count, direction);
  }

  return {
    label: "test",
    security: { encrypted: false, dataProtected: false, protocol: null, cipher: null, certificate: null },
    system: server.system,
    encoding: "UTF-8",
    startFolder: "/",
    get can() {
      return server.can;
    },
    get isUsable() {
      return isUsable;
    },
    onLost: () => () => {},
    list: (path, onEntries, signal) =>
      operate("list", path, signal, async () => {
        const names = (await readdir(local(path))).sort();
        for (let at = 0; at < names.length; at += 50) {
          await new Promise(setImmediate);
          const reading = names.slice(at, at + 50).map((name) => readEntry(local(path), name, server.listsTimesTo));
          onEntries((await Promise.all(reading)).filter((entry) => entry !== null));
        }
      }),
    stat: (path, signal) =>
      operate("stat", path, signal, async () => {
        const found = await stat(local(path)).catch(() => null);
        if (found === null) return null;
        if (found.isDirectory()) return { type: "directory", size: null, modifiedMs: wholeSecond(found.mtimeMs) };
        return { type: "file", size: found.size, modifiedMs: wholeSecond(found.mtimeMs) };
      }),
    download: ({ path, offset, size, endOffset, sink, onBytes, onModified, isText }, signal) =>
      operate(
        "download",
        path,
        signal,
        async () => {
          refuseRestart(offset, isText);
          const file = await open(local(path), "r");
          try {
            const buffer = Buffer.alloc(server.chunkBytes);
            const isIgnored = server.restart === "ignores" && offset > 0;
            const missedBy = isIgnored
              ? offset
              : typeof server.restart === "string"
                ? 0
                : offset - (offset % server.restart.wrapsAt);
            let position = offset;
            for (;;) {
              const { bytesRead } = await file.read(buffer, 0, buffer.length, position - missedBy);
              if (bytesRead === 0) break;
              if (missedBy > 0 && size !== null && position + bytesRead > size) {
                isUsable = false;
                throw new AppError("resume-refused", "The server sends more than it announced");
              }
              const passed = await pass(path, bytesRead, position - offset, signal);
              const count = Math.min(passed, (endOffset?.() ?? Number.POSITIVE_INFINITY) - position);
              const bytes = buffer.subarray(0, count);
              flip(path, bytes, position);
              const arrived = isText ? withoutCr(bytes) : bytes;
              await sink.write(arrived);
              position += count;
              onBytes(arrived.length);
              note(path, count, "download");
              if (position !== size && position === endOffset?.()) return;
            }
            onModified?.(wholeSecond((await file.stat()).mtimeMs));
            if (!isText && size !== null && position !== size)
              throw new AppError("incomplete", "Another size than was told");
          } finally {
            await file.close();
          }
        },
        ` ${offset}${isText ? " text" : ""}`,
      ),
    upload: ({ path, offset, length, source, onBytes, isText }, signal) =>
      operate(
        "upload",
        path,
        signal,
        async () => {
          refuseRestart(offset, isText);
          const { O_WRONLY, O_CREAT, O_TRUNC } = constants;
          const file = await open(local(path), O_WRONLY | O_CREAT | (offset === 0 ? O_TRUNC : 0));
          try {
            const buffer = Buffer.alloc(server.chunkBytes);
            let sent = 0;
            for (let count = await source.read(buffer); count > 0; count = await source.read(buffer)) {
              for (let at = 0; at < count; ) {
                const passed = await pass(path, count - at, sent, signal);
                flip(path, buffer.subarray(at, at + passed), offset + sent);
                await file.write(buffer, at, passed, offset + sent);
                at += passed;
                sent += passed;
                onBytes(passed);
                note(path, passed, "upload");
              }
            }
            if (sent !== length) throw new AppError("local-changed", "The source ended elsewhere");
            if (isText) await file.truncate(Math.floor(sent / 2)); // a server whose line ends are shorter
            const cut = server.cuts.find((one) => one.path === path);
            if (cut === undefined) return;
            server.cuts.splice(server.cuts.indexOf(cut), 1);
            await file.truncate(cut.toBytes);
          } finally {
            await file.close();
          }
        },
        ` ${offset}${isText ? " text" : ""}`,
      ),
    finishUpload: (path, modifiedMs, signal) =>
      operate("finishUpload", path, signal, async () => {
        const seconds = modifiedMs === null ? null : wholeSecond(modifiedMs) / 1000;
        if (seconds !== null && server.can.setModified) await utimes(local(path), seconds, seconds).catch(() => {});
        return (await stat(local(path)).catch(() => null))?.size ?? null;
      }),
    makeFolder: (path, signal) =>
      operate("makeFolder", path, signal, async () => {
        const found = await stat(local(path)).catch(() => null);
        if (found === null) await mkdir(local(path));
        else if (!found.isDirectory()) throw new AppError("already-exists", "A file stands there");
      }),
    removeFile: (path, signal) => operate("removeFile", path, signal, () => rm(local(path))),
    removeFolder: (path) => rmdir(local(path)),
    listHidden: async () => {},
    removeTree: () => Promise.reject(new AppError("unsupported-command", "A folder is removed entry by entry")),
    rename: (path, newPath, signal) =>
      operate("rename", path, signal, async () => {
        const isRefused =
          server.renames === "never" || (server.renames === "to free names" && (await isThere(local(newPath))));
        if (isRefused) throw new AppError("permission-denied", "553 no rename", { reply: { code: 553, text: "no" } });
        await rename(local(path), local(newPath));
      }),
    setPermissions: async () => {},
    setModified: (path, modifiedMs, signal) =>
      operate("setModified", path, signal, async () => {
        const seconds = wholeSecond(modifiedMs) / 1000;
        await utimes(local(path), seconds, seconds);
        return true;
      }),
    checksum: (path, signal) =>
      operate("checksum", path, signal, async () => {
        const { checksum: algorithm } = server.can;
        if (algorithm !== "SHA-256" && algorithm !== "MD5") {
          throw new AppError("unsupported-command", "A folder computes no such checksums");
        }
        const hash = createHash(algorithm === "MD5" ? "md5" : "sha256").update(await readFile(local(path)));
        return { algorithm, value: hash.digest("hex") };
      }),
    copy: () => Promise.reject(new AppError("unsupported-command", "A folder copies nothing by itself")),
    createLink: () => Promise.reject(new AppError("unsupported-command", "A folder makes no links")),
    freeSpace: async () => null,
    sendTo: () => Promise.reject(new AppError("unsupported-command", "A folder sends nothing by itself")),
    command: () => Promise.reject(new AppError("unsupported-command", "A folder takes no commands")),
    offeredCommands: async () => [],
    keepAlive: async () => {},
    close: async () => {
      isUsable = false;
    },
    toWire,
    toText,
  };
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

function withoutCr(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte) => byte !== 0x0d);
}

/** Each byte of the UTF-8 name as one character. */
export function toWire(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

export function toText(wire: string): string {
  return Buffer.from(wire, "latin1").toString("utf8");
}

/** null: it has gone since its name was read, as files under temporary names do. */
async function readEntry(folder: string, name: string, precision: TimePrecision): Promise<Entry | null> {
  const found = await lstat(join(folder, name)).catch(() => null);
  if (found === null) return null;
  const type = found.isDirectory()
    ? "directory"
    : found.isSymbolicLink()
      ? "symlink"
      : found.isFile()
        ? "file"
        : "other";
  return {
    name,
    wireName: toWire(name),
    type,
    size: type === "directory" ? null : found.size,
    modifiedMs: Math.floor(found.mtimeMs / spanMs[precision]) * spanMs[precision],
    modifiedPrecision: precision,
    permissions: null,
    owner: null,
    group: null,
    linkTarget: null,
  };
}

const spanMs = { second: 1_000, minute: 60_000, day: 86_400_000 } as const satisfies Record<TimePrecision, number>;

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function toRemoteError(error: unknown, path: string): AppError {
  const code = error instanceof Error && "code" in error ? error.code : "";
  const kind = code === "ENOENT" ? "not-found" : code === "EACCES" ? "permission-denied" : "internal";
  return new AppError(kind, `550 ${baseNameOfRemote(path)}`, { path, cause: error });
}
