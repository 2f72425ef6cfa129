import { EOL } from "node:os";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { DownloadRequest } from "../../sessions/remoteSession.ts";
import { parseSizeReply } from "../protocol/sizeReply.ts";
import { parseModifiedReply } from "../protocol/timestamps.ts";
import { ask, type Link } from "../session/link.ts";
import { byteReceiver } from "../session/receiveBytes.ts";
import { runTransfer } from "../session/runTransfer.ts";
import { textSink } from "../text/lineEnds.ts";
import { textHasNoMiddle } from "./store.ts";

/**
 * RETR (RFC 959 §4.1.3), from `offset` on by REST (RFC 3659 §5). Rejects with `incomplete` when the data ends elsewhere than at `size`,
 * `resume-refused` when the server will not begin at `offset` or begins elsewhere, `not-found`, `permission-denied`, and what a
 * transfer can reject with. A time that is wanted is asked by MDTM (RFC 3659 §3), in one segment with the passive command. Text comes in
 * TYPE A (RFC 959 §3.1.1.1), which is in force already: no size tells whether it is whole, only its end and the final reply.
 */
export function retrieve(link: Link, request: DownloadRequest, signal: AbortSignal): Promise<void> {
  return request.isText ? retrieveText(link, request, signal) : retrieveImage(link, request, signal);
}

async function retrieveImage(link: Link, request: DownloadRequest, signal: AbortSignal): Promise<void> {
  const { path, offset } = request;
  const size = request.size ?? (await askSizeForTls(link, path, signal));
  const expected = size === null ? null : Math.max(0, size - offset);
  const count = await receive(link, request, expected, signal);
  if (isWhole(count, expected)) return;
  throw new AppError("incomplete", `Received ${offset + count} of ${size} bytes`, { path: link.codec.decode(path) });
}

async function retrieveText(link: Link, request: DownloadRequest, signal: AbortSignal): Promise<void> {
  if (request.offset > 0) throw textHasNoMiddle(link, request.path);
  const sink = textSink(request.sink, EOL, request.onBytes);
  await receive(link, { ...request, sink, onBytes: () => {} }, null, signal);
  await sink.end();
}

async function receive(link: Link, request: DownloadRequest, expected: number | null, signal: AbortSignal) {
  const { path, offset, sink, onBytes, onModified } = request;
  const allowance = link.speed?.("download");
  const receiver = byteReceiver({
    buffers: link.buffers(),
    sink,
    onBytes,
    timeoutMs: link.timeoutMs,
    expected,
    tooMany: () => tooManyBytes(link, request),
    allowance,
  });
  const asksTime = onModified !== undefined && (link.features.has("MDTM") || !link.knowsFeat);
  const time = asksTime ? link.control.post(`MDTM ${link.paths.file(path)}`) : null;
  const count = await runTransfer(
    link,
    {
      command: `RETR ${link.paths.file(path)}`,
      path,
      offset,
      onread: receiver.onread,
      move: ({ socket, readsDirectly }) => receiver.receive(socket, readsDirectly),
    },
    signal,
  ).finally(allowance?.close);
  onModified?.(time === null ? null : parseModifiedReply(await time.finalReply(signal)));
  return count;
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
