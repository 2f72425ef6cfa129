import type { EngineClient } from "../../shared/contract/contract.ts";
import type { TransferSource } from "../../shared/contract/queue.ts";
import { AppError, fromWireError, wireErrorSchema } from "../../shared/errors/appError.ts";
import { type DroppedPart, walkDropped } from "./dropped.ts";

export type StageDroppedParts = {
  readonly engine: EngineClient;
  readonly send: typeof fetch;
  /** Called once the drop is counted, and after each file. */
  readonly onProgress: (done: number, total: number) => void;
};

/** What lies at the top of a drop, as sources for the queue. */
export type StagedDrop = {
  readonly sources: readonly TransferSource[];
  /** They will not be queued after all: deletes the copies. Never rejects. */
  readonly abandon: () => Promise<void>;
};

const sendersAtOnce = 3; // a browser opens six connections to a host; the rest is for the window itself

/**
 * A browser cannot name files by path: their bytes go to a staging folder of the engine first. The first failure ends the drop, and
 * what was staged of it is deleted.
 */
export async function stageDropped(
  entries: readonly FileSystemEntry[],
  { engine, send, onProgress }: StageDroppedParts,
  signal: AbortSignal,
): Promise<StagedDrop> {
  const { dropId } = await engine.call("staging.open", {}, signal);
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const abandon = async (): Promise<void> => {
    await engine.call("staging.abandon", { dropId }).catch(() => {}); // what stays is removed at the next start
  };
  const parts: DroppedPart[] = [];
  let next = 0;
  let done = 0;

  const sendParts = async (): Promise<void> => {
    for (let part = parts[next++]; part !== undefined; part = parts[next++]) {
      stop.throwIfAborted();
      await sendPart(send, dropId, part, stop);
      onProgress(++done, parts.length);
    }
  };

  try {
    // The walk is quick and the sending slow: names are gathered first, so that the notice can say "of how many".
    for await (const part of walkDropped(entries, stop)) parts.push(part);
    onProgress(0, parts.length);
    await Promise.all(Array.from({ length: sendersAtOnce }, sendParts));
    const { sources } = await engine.call("staging.close", { dropId }, signal);
    return { sources, abandon };
  } catch (error) {
    failure.abort(error);
    await abandon();
    if (signal.aborted) throw new AppError("cancelled", "The drop was cancelled.");
    throw error;
  }
}

/** One file, by its path below the drop. Rejects as the host answers. */
export async function sendPart(
  send: typeof fetch,
  dropId: string,
  part: DroppedPart,
  signal: AbortSignal,
): Promise<void> {
  const address = `/drop?drop=${encodeURIComponent(dropId)}&path=${encodeURIComponent(part.path)}`;
  const file = part.kind === "file" ? part.file : null;
  const response = await send(address, {
    method: "POST",
    body: file,
    headers: file === null ? {} : { "X-Modified": String(file.lastModified) },
    signal,
  });
  if (response.ok) return;
  const told = wireErrorSchema.safeParse(await response.json().catch(() => null));
  throw told.success
    ? fromWireError(told.data)
    : new AppError("internal", `The drop was refused with ${response.status}.`);
}
