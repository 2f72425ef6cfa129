import { EOL } from "node:os";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { DownloadRequest } from "../../sessions/remoteSession.ts";
import { isCompressible } from "../protocol/compressible.ts";
import { parseSizeReply } from "../protocol/sizeReply.ts";
import { parseModifiedReply } from "../protocol/timestamps.ts";
import { ask, type Link } from "../session/link.ts";
import { smallness } from "../session/passiveAhead.ts";
import { byteReceiver } from "../session/receiveBytes.ts";
import { deflatedReceiver } from "../session/receiveDeflated.ts";
import { runTransfer } from "../session/runTransfer.ts";
import { agreeOnMode } from "../session/transferMode.ts";
import { textSink } from "../text/lineEnds.ts";
import { textHasNoMiddle } from "./store.ts";

/**
 * RETR (RFC 959 §4.1.3), from `offset` on by REST (RFC 3659 §5). Rejects with `incomplete` when the data ends elsewhere than at `size`,
 * `resume-refused` when the server will not begin at `offset` or begins elsewhere, `not-found`, `permission-denied`, and what a
 * transfer can reject with. With `endOffset` it stops there by closing the data connection and ABOR. A time that is wanted is asked by MDTM
 * (RFC 3659 §3), in one segment with the passive command. Text comes in TYPE A (RFC 959 §3.1.1.1), which is in force already, and never
 * deflated: no size tells whether it is whole, only its end and the final reply.
 */
export function retrieve(link: Link, request: DownloadRequest, signal: AbortSignal): Promise<void> {
  return request.isText ? retrieveText(link, request, signal) : retrieveImage(link, request, signal);
}

async function retrieveImage(link: Link, request: DownloadRequest, signal: AbortSignal): Promise<void> {
  const { path, offset, endOffset } = request;
  const size = request.size ?? (await askSizeForTls(link, path, signal));
  const expected = size === null ? null : Math.max(0, size - offset);
  // Nowhere is it written whether REST counts bytes before or after MODE Z: what is continued travels as it is.
  const isDeflated = await agreeOnMode(link, offset === 0 && endOffset === undefined && isCompressible(path), signal);
  const { count, hasStopped } = await receive(link, request, { expected, isDeflated }, signal);
  if (hasStopped || isWhole(count, expected)) return;
  throw new AppError("incomplete", `Received ${offset + count} of ${size} bytes`, { path: link.codec.decode(path) });
}

async function retrieveText(link: Link, request: DownloadRequest, signal: AbortSignal): Promise<void> {
  if (request.offset > 0) throw textHasNoMiddle(link, request.path);
  const sink = textSink(request.sink, EOL, request.onBytes);
  await receive(link, { ...request, sink, onBytes: () => {} }, { expected: null, isDeflated: false }, signal);
  await sink.end();
}

type Wire = { readonly expected: number | null; readonly isDeflated: boolean };

async function receive(link: Link, request: DownloadRequest, { expected, isDeflated }: Wire, signal: AbortSignal) {
  const { path, offset, sink, onBytes, onModified, endOffset, isFollowed } = request;
  const allowance = link.speed?.("download");
  const receiver = (isDeflated ? deflatedReceiver : byteReceiver)({
    buffers: link.buffers(),
    sink,
    onBytes,
    timeoutMs: link.timeoutMs,
    clock: link.clock,
    expected,
    tooMany: () => tooManyBytes(link, request),
    allowance,
    ...(endOffset === undefined ? {} : { wanted: () => bytesWanted(endOffset(), request) }),
  });
  const asksTime = onModified !== undefined && (link.features.has("MDTM") || !link.knowsFeat);
  const time = asksTime ? link.control.post(`MDTM ${link.paths.file(path)}`) : null;
  const count = await runTransfer(
    link,
    {
      command: `RETR ${link.paths.file(path)}`,
      path,
      offset,
      isDeflated,
      onread: receiver.onread,
      hasStopped: receiver.hasStopped,
      ...smallness(expected, isFollowed),
      move: ({ socket, readsDirectly }) => receiver.receive(socket, readsDirectly),
    },
    signal,
  ).finally(allowance?.close);
  onModified?.(time === null ? null : parseModifiedReply(await time.finalReply(signal)));
  return { count, hasStopped: receiver.hasStopped() };
}

/** A download that stops at the very end of the file waits for its final reply like any other. */
function bytesWanted(end: number, { offset, size }: DownloadRequest): number {
  return end === size ? Number.POSITIVE_INFINITY : end - offset;
}

/** Whether so many bytes are all of them, as far as anybody can know. */
export function isWhole(count: number, expected: number | null): boolean {
  return expected === null || count === expected;
}

/** Without a size, data cut short looks complete under TLS: many servers end without close_notify, and Node does not tell. */
async function askSizeForTls(link: Link, path: string, signal: AbortSignal): Promise<number | null> {
  if (!link.isDataProtected || !link.features.has("SIZE")) return null;
  return parseSizeReply(await ask(link, `SIZE ${link.paths.file(path)}`, signal));
}

/** A resumed file that grows past its size was sent from the beginning by a server that only pretends to know REST. */
function tooManyBytes(link: Link, { offset, size, path }: DownloadRequest): AppError {
  const kind = offset > 0 ? "resume-refused" : "incomplete";
  return new AppError(kind, `The server sends more than the ${size} bytes it announced`, {
    path: link.codec.decode(path),
  });
}
