import { AppError } from "../../../../shared/errors/appError.ts";
import type { UploadRequest } from "../../sessions/remoteSession.ts";
import { offersRestStream } from "../protocol/features.ts";
import type { Reply } from "../protocol/replyParser.ts";
import { parseSizeReply } from "../protocol/sizeReply.ts";
import { ask, isRefusal, isUnsupported, type Link } from "../session/link.ts";
import { smallness } from "../session/passiveAhead.ts";
import { runTransfer } from "../session/runTransfer.ts";
import { sendBytes } from "../session/sendBytes.ts";
import { textSource } from "../text/lineEnds.ts";

/**
 * STOR (RFC 959 §4.1.3); from `offset` on by REST and STOR where the server offers it (RFC 3659 §5), else by APPE. Rejects with
 * `local-changed` when the source ends early, `resume-refused` when the target does not hold `offset` bytes or cannot be continued,
 * `remote-full`, `permission-denied`, `name-not-allowed`, and what a transfer can reject with. Text goes in TYPE A (RFC 959 §3.1.1.1),
 * which is in force already, and from its start only.
 */
export async function store(link: Link, request: UploadRequest, signal: AbortSignal): Promise<void> {
  const { path, offset } = request;
  if (request.isText && offset > 0) throw textHasNoMiddle(link, path);
  if (offset > 0) await checkTarget(link, request, signal);
  const appends = offset > 0 && !continuesByRest(link);
  const { timeoutMs } = link;
  const allowance = link.speed?.("upload");
  const counted = countWhenAgreed(request.onBytes);
  const sending = request.isText ? asText(request) : { ...request, onBytes: counted.onBytes };
  try {
    await runTransfer(
      link,
      {
        command: `${appends ? "APPE" : "STOR"} ${link.paths.file(path)}`,
        path,
        offset: appends ? 0 : offset,
        onread: null,
        onReply: counted.onReply,
        ...smallness(request.isText ? null : request.length, request.isFollowed),
        move: ({ socket, signal: stop }) =>
          sendBytes(socket, { ...sending, buffers: link.buffers(), timeoutMs, allowance, signal: stop }),
      },
      signal,
    );
  } catch (error) {
    if (appends && error instanceof AppError && error.kind === "unsupported-command") {
      link.learnt.appendIsRefused = true;
      throw new AppError("resume-refused", error.message, { ...error, cause: error });
    }
    throw error;
  } finally {
    allowance?.close();
  }
}

/** REST before STOR (RFC 3659 §5): offered, and not found to be a promise only. */
export function continuesByRest({ features, learnt }: Link): boolean {
  return offersRestStream(features) && !learnt.restIsRefused;
}

/** Bytes that left before the server agreed to the upload are told when it has: of what it refuses none is there. */
function countWhenAgreed(onBytes: UploadRequest["onBytes"]) {
  let early = 0;
  let isAgreed = false;
  return {
    onBytes: (count: number) => {
      if (isAgreed) onBytes(count);
      else early += count;
    },
    onReply: (reply: Reply) => {
      if (isAgreed || isRefusal(reply)) return;
      isAgreed = true;
      if (early > 0) onBytes(early);
    },
  };
}

function asText({ source, length, onBytes }: UploadRequest) {
  return { source: textSource(source, length, onBytes), length: null, onBytes: () => {} };
}

/** Whoever counts lines differently counts bytes differently: no offset means the same place on both sides. */
export function textHasNoMiddle(link: Link, path: string): AppError {
  return new AppError("resume-refused", "Text is transferred from its beginning", { path: link.codec.decode(path) });
}

/** Continuing where the target does not end would leave a hole, or an old tail behind the new end. */
async function checkTarget(link: Link, { path, offset }: UploadRequest, signal: AbortSignal): Promise<void> {
  const reply = await ask(link, `SIZE ${link.paths.file(path)}`, signal);
  if (isUnsupported(reply)) return; // RFC 959 alone has no way to ask
  const size = parseSizeReply(reply);
  if (size === offset) return;
  const found = size === null ? "cannot be measured" : `holds ${size}`;
  throw new AppError("resume-refused", `The target ${found}, not ${offset} bytes`, { path: link.codec.decode(path) });
}
