import type { Reply } from "../protocol/replyParser.ts";
import type { Exchange } from "./controlConnection.ts";
import type { DataWay } from "./dataWays.ts";
import { isRefusal, type Link } from "./link.ts";

/** A passive command that went out with the transfer before: its answer comes with that transfer's end, and saves the next one a round trip. */
export type PassiveAhead = { readonly way: DataWay; readonly asked: Exchange; readonly atMs: number };

export type AnsweredAhead = { readonly way: DataWay; readonly answer: Reply };

const freshForMs = 10_000; // the next file follows at once; a server closes a port that nobody comes to

/**
 * Asks for the next transfer's port behind the transfer command that has just been posted. To be called only where the server is known
 * to read commands in order while it transfers (`bearsPipelining`). A port that nobody comes to is closed by the next passive command.
 */
export function askPassiveAhead({ learnt, control, clock }: Link, way: DataWay): void {
  learnt.passiveAhead = { way, asked: control.post(way), atMs: clock.now() };
}

/** The port that was asked for, once: null when there is none, when it has been refused or when it has been waiting too long. */
export async function takePassiveAhead(link: Link, signal: AbortSignal): Promise<AnsweredAhead | null> {
  const ahead = link.learnt.passiveAhead;
  link.learnt.passiveAhead = null;
  if (ahead === null || link.clock.now() - ahead.atMs > freshForMs) return null;
  const reply = await ahead.asked.finalReply(signal);
  return isRefusal(reply) ? null : { way: ahead.way, answer: reply };
}

/**
 * What `runTransfer` may take for a small file. So little is held by the connections of both sides, and may leave before the server has
 * agreed to it; behind a larger file the next port would wait too long.
 */
export function smallness(bytes: number | null, isFollowed = false) {
  const isSmall = bytes !== null && bytes <= smallTransferBytes;
  return { isSmall, isFollowed: isSmall && isFollowed };
}

const smallTransferBytes = 64 * 1024;
