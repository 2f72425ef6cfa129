import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, toWireError } from "../../shared/errors/appError.ts";
import type { ErrorKind } from "../../shared/errors/errorKind.ts";

/** The engine's place for files that a browser can only send, not name. */
export type Staging = {
  readonly receive: (
    dropId: string,
    relativePath: string,
    bytes: AsyncIterable<Uint8Array>,
    modifiedMs: number | null,
    signal: AbortSignal,
  ) => Promise<void>;
};

const statusOf: Partial<Record<ErrorKind, number>> = {
  "invalid-input": 400,
  "name-not-allowed": 400,
  "not-found": 404,
  "already-exists": 409,
  "local-full": 507,
};

const lingerMs = 1_000; // for the answer to be read by a browser that is still sending

/**
 * One dropped file: `POST /drop?drop=ID&path=a/b.txt`, its bytes as the body, `X-Modified` in epoch milliseconds. The body flows
 * into the staging folder as fast as the disk takes it; a browser that goes away aborts it. 204, or an error as JSON.
 */
export function createDropUpload(staging: Staging) {
  return async (request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> => {
    const controller = new AbortController();
    response.on("close", () => {
      if (!response.writableFinished) controller.abort();
    });
    try {
      const dropId = url.searchParams.get("drop");
      const path = url.searchParams.get("path");
      if (!dropId || !path) throw new AppError("invalid-input", "A dropped file needs its drop and its path.");
      // An early return must not destroy the socket: the answer has to go through it.
      const bytes = request.iterator({ destroyOnReturn: false });
      await staging.receive(dropId, path, bytes, readModified(request), controller.signal);
      response.writeHead(204).end();
    } catch (thrown) {
      if (controller.signal.aborted) return;
      const error = toWireError(thrown);
      response.writeHead(statusOf[error.kind] ?? 500, { "Content-Type": "application/json", Connection: "close" });
      response.end(JSON.stringify(error));
      hangUpWhileSending(request);
    }
  };
}

function readModified(request: IncomingMessage): number | null {
  const text = request.headers["x-modified"];
  if (text === undefined) return null;
  const modifiedMs = Number(text);
  if (typeof text === "string" && /^-?\d{1,16}$/.test(text) && Number.isSafeInteger(modifiedMs)) return modifiedMs;
  throw new AppError("invalid-input", "X-Modified is a whole number of milliseconds since 1970.");
}

/** Nobody wants the rest of the body: let the answer arrive, then end the connection. */
function hangUpWhileSending(request: IncomingMessage): void {
  if (request.complete) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), lingerMs);
  request.once("close", () => clearTimeout(timer));
}
