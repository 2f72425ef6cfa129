import { AppError } from "../../../../shared/errors/appError.ts";
import type { UploadRequest } from "../../sessions/remoteSession.ts";
import { offersRestStream } from "../protocol/features.ts";
import { parseSizeReply } from "../protocol/sizeReply.ts";
import { ask, isUnsupported, type Link } from "../session/link.ts";
import { runTransfer } from "../session/runTransfer.ts";
import { sendBytes } from "../session/sendBytes.ts";

/**
 * STOR (RFC 959 §4.1.3); from `offset` on by REST and STOR where the server offers it (RFC 3659 §5), else by APPE. Rejects with
 * `local-changed` when the source ends early, `resume-refused` when the target does not hold `offset` bytes or cannot be continued,
 * `remote-full`, `permission-denied`, `name-not-allowed`, and what a transfer can reject with.
 */
export async function store(link: Link, request: UploadRequest, signal: AbortSignal): Promise<void> {
  const { path, offset, length, source, onBytes } = request;
  if (offset > 0) await checkTarget(link, request, signal);
  const appends = offset > 0 && !offersRestStream(link.features);
  const { timeoutMs } = link;
  try {
    await runTransfer(
      link,
      {
        command: `${appends ? "APPE" : "STOR"} ${link.paths.file(path)}`,
        path,
        offset: appends ? 0 : offset,
        onread: null,
        move: ({ socket, signal: stop }) =>
          sendBytes(socket, { source, length, buffers: link.buffers(), onBytes, timeoutMs, signal: stop }),
      },
      signal,
    );
  } catch (error) {
    if (appends && error instanceof AppError && error.kind === "unsupported-command") {
      link.learnt.appendIsRefused = true;
      throw new AppError("resume-refused", error.message, { ...error, cause: error });
    }
    throw error;
  }
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
