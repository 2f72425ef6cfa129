import { isIPv4, type OnReadOpts, type Socket } from "node:net";
import { AppError } from "../../../../shared/errors/appError.ts";
import { isSafeDataPort, parseExtendedPassiveReply, parsePassiveReply } from "../protocol/passive.ts";
import type { Reply } from "../protocol/replyParser.ts";
import { dial } from "./dial.ts";
import { ask, isRefusal, type Link, refusal } from "./link.ts";

type Way = "EPSV" | "PASV";

/**
 * Opens a passive data connection: EPSV (RFC 2428), else PASV; what worked is remembered for the session. It always goes to the host of
 * the control connection: an address in a PASV reply is wrong behind NAT and dangerous when it is foreign (CVE-2020-8284).
 * Rejects with `data-connection-failed`; encryption is the caller's, after the transfer command.
 */
export async function openDataConnection(link: Link, onread: OnReadOpts | null, signal: AbortSignal): Promise<Socket> {
  let failure: unknown = null;
  for (const way of waysToTry(link)) {
    const command = way;
    const reply = await ask(link, command, signal);
    const port = readPort(way, reply);
    if (port === null) {
      failure = isRefusal(reply)
        ? refusal(link, reply, command)
        : new AppError("malformed-reply", `${way}: no port in the reply`);
      continue;
    }
    try {
      const socket = await dialPeer(link, port, onread, signal);
      link.learnt.passive = way;
      return socket;
    } catch (error) {
      if (signal.aborted) throw error;
      failure = error;
    }
  }
  throw new AppError("data-connection-failed", "No data connection could be opened", {
    reply: failure instanceof AppError ? failure.reply : undefined,
    cause: failure,
  });
}

function waysToTry(link: Link): readonly Way[] {
  if (link.learnt.passive !== null) return [link.learnt.passive];
  return isIPv4Peer(link) ? ["EPSV", "PASV"] : ["EPSV"]; // PASV cannot say an IPv6 address
}

function readPort(way: Way, reply: Reply): number | null {
  const address = way === "EPSV" ? parseExtendedPassiveReply(reply) : parsePassiveReply(reply);
  return address?.port ?? null;
}

async function dialPeer(link: Link, port: number, onread: OnReadOpts | null, signal: AbortSignal): Promise<Socket> {
  if (!isSafeDataPort(port)) {
    throw new AppError("data-connection-failed", `The server names port ${port}, which no FTP server uses for data`);
  }
  const { timeoutMs, clock } = link;
  return dial({ host: peerOf(link), port, timeoutMs, clock, ...(onread === null ? {} : { onread }) }, signal);
}

function peerOf(link: Link): string {
  return link.control.socket.remoteAddress ?? link.host;
}

function isIPv4Peer(link: Link): boolean {
  return isIPv4(peerOf(link).replace(/^::ffff:/i, ""));
}
