import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RemoteSession } from "../../../electron/engine/sessions/remoteSession.ts";
import { AppError } from "../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../shared/errors/errorKind.ts";
import type { Entry } from "../../../shared/models/entry.ts";
import { joinRemote } from "../../../shared/models/remotePath.ts";
import type { CheckContext } from "./check.ts";

// What checks say often, in short words.

export const never: AbortSignal = new AbortController().signal;

/** Sends `bytes` from `offset` on. */
export async function upload(session: RemoteSession, path: string, bytes: Uint8Array, offset = 0): Promise<void> {
  let at = offset;
  const read = async (into: Uint8Array) => {
    const part = bytes.subarray(at, at + into.length);
    into.set(part);
    at += part.length;
    return part.length;
  };
  await session.upload({ path, offset, length: bytes.length - offset, source: { read }, onBytes: () => {} }, never);
}

/** The bytes from `offset` on of a file of `size` bytes. */
export async function download(
  session: RemoteSession,
  path: string,
  size: number | null = null,
  offset = 0,
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Uint8Array.from(bytes)) };
  await session.download({ path, offset, size, sink, onBytes: () => {} }, never);
  return Buffer.concat(pieces);
}

/** What a folder holds, by name. */
export async function list(session: RemoteSession, path: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  await session.list(path, (batch) => entries.push(...batch), never);
  return entries.sort((left, right) => (left.wireName < right.wireName ? -1 : 1));
}

export async function listNames(session: RemoteSession, path: string): Promise<string[]> {
  return (await list(session, path)).map(({ name }) => name);
}

/** The one entry of a name in a folder. */
export async function find(session: RemoteSession, folder: string, name: string): Promise<Entry> {
  const entries = await list(session, folder);
  const entry = entries.find((each) => each.name === name);
  assert.ok(entry, `${name} is not in ${JSON.stringify(entries.map((each) => each.name))}`);
  return entry;
}

/** Requires a rejection of one of these kinds. */
export async function refuses(act: Promise<unknown>, ...kinds: readonly ErrorKind[]): Promise<void> {
  const outcome = await act.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.kind : error),
  );
  if (typeof outcome !== "string") throw outcome;
  assert.ok(
    kinds.some((kind) => kind === outcome),
    `expected ${kinds.join(" or ")}, got ${outcome}`,
  );
}

/** Puts a file of the server's account into the check's folder, past the server. */
export async function place({ server, disk }: CheckContext, name: string, content: string | Uint8Array): Promise<void> {
  const path = join(disk, name);
  await writeFile(path, content);
  server.handOver(path);
}

/** Puts a folder of the server's account into the check's folder, past the server. */
export async function placeFolder({ server, disk }: CheckContext, name: string): Promise<void> {
  const path = join(disk, name);
  await mkdir(path, { recursive: true });
  server.handOver(path);
}

/** Moves bytes both ways and reads a folder: a session that does it is in order. */
export async function exercise(session: RemoteSession, folder: string, label = "exercise"): Promise<void> {
  const bytes = Buffer.from(`${label}\r\n\n\xff${"x".repeat(5_000)}`, "latin1");
  const path = joinRemote(folder, label);
  await upload(session, path, bytes);
  assert.ok((await download(session, path, bytes.length)).equals(bytes), "what came back is not what was sent");
  assert.equal((await find(session, folder, label)).size, bytes.length);
  await session.removeFile(path, never);
}
