import { isIPv4, type OnReadOpts, type Socket } from "node:net";
import { AppError } from "../../../../shared/errors/appError.ts";
import { extendedPortCommand, portCommand } from "../protocol/activeCommands.ts";
import {
  isSafeDataPort,
  type PassiveAddress,
  parseExtendedPassiveReply,
  parsePassiveReply,
} from "../protocol/passive.ts";
import type { Reply } from "../protocol/replyParser.ts";
import { openActiveListener } from "./activeListener.ts";
import { breakOff } from "./breakOff.ts";
import { chooseDataAddress, isUnroutable, plainAddress } from "./dataAddress.ts";
import { type DataWay, isActive, orderWays } from "./dataWays.ts";
import { dial } from "./dial.ts";
import { ask, isRefusal, type Link, refusal } from "./link.ts";

export type DataConnection = {
  readonly way: DataWay;
  /** The system reads straight into the caller's buffers. An accepted connection cannot. */
  readonly readsDirectly: boolean;
  /**
   * The connection itself. A passive one stands already; an active one comes when the server has read the transfer command. Rejects
   * with `data-connection-failed` or `cancelled`.
   */
  readonly connected: (signal: AbortSignal) => Promise<Socket>;
  /** False while the server has not come: no byte can have moved. */
  readonly isConnected: boolean;
  /**
   * Ends it so that the server sees it broken (TCP RST): an orderly end would tell it that the upload is complete. TLS on top of it ends
   * with it, a turn later; whoever ends both in one turn crashes Node 24 while something is being written.
   */
  readonly breakOff: () => void;
  /** Releases whatever is left. */
  readonly close: () => void;
};

/**
 * Prepares a data connection by the first way that works and is not in `tried`; ways that fail are added there. A way that worked is
 * remembered for the session and for the host. Rejects with `data-connection-failed`; encryption is the caller's, after the transfer
 * command.
 */
export async function openDataConnection(
  link: Link,
  { onread, tried }: { readonly onread: OnReadOpts | null; readonly tried: Set<DataWay> },
  signal: AbortSignal,
): Promise<DataConnection> {
  if (link.proxy !== null && link.dataConnections.mode === "active") {
    throw new AppError(
      "data-connection-failed",
      "No server can connect to us through a proxy: set this site to passive or automatic transfers, or let it bypass the proxy",
    );
  }
  let failure: unknown = null;
  for (const way of waysLeft(link, tried)) {
    tried.add(way);
    try {
      if (isActive(way)) return await openActive(link, way, signal);
      return await connectPassive(link, { way, onread, answer: ask(link, way, signal) }, signal);
    } catch (error) {
      if (signal.aborted || !link.control.isOpen) throw error;
      failure = error;
      forgetWay(link, way, error);
    }
  }
  const reason = failure instanceof AppError ? `: ${failure.message}` : "";
  throw new AppError("data-connection-failed", `No data connection could be opened${reason}`, {
    reply: failure instanceof AppError ? failure.reply : undefined,
    cause: failure,
  });
}

export function waysLeft(link: Link, tried: ReadonlySet<DataWay>): readonly DataWay[] {
  const { mode, fallsBackToActive, memory } = link.dataConnections;
  const { wayInUse: learnt, refusedWays } = link.learnt;
  const ways = orderWays({
    mode: link.proxy === null ? mode : "passive",
    fallsBackToActive,
    isIPv4: link.serverAddress === null || isIPv4(link.serverAddress),
    learnt,
    remembered: memory.recall(),
  });
  const possible = ways.filter((way) => !refusedWays.has(way));
  return (possible.length > 0 ? possible : ways).filter((way) => !tried.has(way)); // when none is left the refusal is asked for again
}

/** It did not work: the next transfer on this host begins with another, and what is refused for good is not asked again. */
export function forgetWay(link: Link, way: DataWay, error: unknown): void {
  const isRefusedForGood = error instanceof AppError && error.reply !== undefined && error.reply.code >= 500;
  if (isRefusedForGood) link.learnt.refusedWays.add(way);
  const { memory } = link.dataConnections;
  if (memory.recall() === way) memory.note(null);
}

function rememberWay(link: Link, way: DataWay): void {
  link.learnt.wayInUse = way;
  link.dataConnections.memory.note(way);
}

export type PassiveOpening = {
  readonly way: DataWay;
  readonly onread: OnReadOpts | null;
  /** What EPSV or PASV is answered. */
  readonly answer: Reply | Promise<Reply>;
};

/** Connects to where the server's answer says. Rejects with the refusal, and as `dial` does. */
export async function connectPassive(
  link: Link,
  { way, onread, answer }: PassiveOpening,
  signal: AbortSignal,
): Promise<DataConnection> {
  const address = passiveAddressIn(link, way, await answer);
  const { timeoutMs, clock, proxy } = link;
  const readsDirectly = onread !== null && proxy === null;
  const socket = await dial({ ...address, timeoutMs, clock, proxy, ...(readsDirectly ? { onread } : {}) }, signal);
  socket.on("error", () => {}); // who moves the bytes listens too; until then the replies tell
  rememberWay(link, way);
  return {
    way,
    readsDirectly,
    connected: async () => socket,
    isConnected: true,
    breakOff: () => breakOff(socket),
    close: () => socket.destroy(),
  };
}

function passiveAddressIn(link: Link, way: DataWay, reply: Reply) {
  if (isRefusal(reply)) throw refusal(link, reply, way);
  const announced = readAddress(link, way, reply);
  if (announced === null) throw new AppError("malformed-reply", `${way}: no port in the reply`);
  const { port } = announced;
  if (!isSafeDataPort(port)) {
    throw new AppError("data-connection-failed", `The server names port ${port}, which no FTP server uses for data`);
  }
  return { host: hostFor(link, announced.host), port };
}

/** EPSV (RFC 2428 §3) names a port only: the host is that of the control connection. */
function readAddress(link: Link, way: DataWay, reply: Reply): PassiveAddress | null {
  if (way === "PASV") return parsePassiveReply(reply);
  const extended = parseExtendedPassiveReply(reply);
  return extended === null ? null : { host: peerOf(link), port: extended.port };
}

function hostFor(link: Link, announced: string): string {
  const { serverAddress, host, dataConnections } = link;
  const address = chooseDataAddress(announced, { serverAddress, host }, dataConnections.allowsForeignAddress);
  if ("refused" in address) {
    link.log.error(address.refused);
    throw new AppError("data-connection-failed", address.refused);
  }
  if (address.note !== null) link.log.status(address.note);
  return address.host;
}

/** PORT (RFC 959 §4.1.2) or EPRT (RFC 2428 §2): the server connects to a port of ours. */
async function openActive(link: Link, way: DataWay, signal: AbortSignal): Promise<DataConnection> {
  const { timeoutMs, clock, dataConnections } = link;
  const localAddress = link.control.socket.localAddress ?? "";
  const peer = peerOf(link);
  const listener = await openActiveListener({ localAddress, peer, ports: dataConnections.ports, timeoutMs, clock });
  try {
    const command = activeCommand(way, addressFor(link, plainAddress(localAddress)), listener.port);
    const reply = await ask(link, command, signal);
    if (isRefusal(reply)) throw refusal(link, reply, command);
  } catch (error) {
    listener.close();
    throw error;
  }
  let accepted: Socket | null = null;
  return {
    way,
    readsDirectly: false,
    connected: async (accepting) => {
      accepted = await listener.accept(accepting);
      rememberWay(link, way);
      return accepted;
    },
    get isConnected() {
      return accepted !== null;
    },
    breakOff: () => {
      if (accepted !== null) breakOff(accepted);
    },
    close: listener.close,
  };
}

/** Behind NAT the server reaches us by our outside address; in our own network by the address we have there. */
function addressFor(link: Link, localAddress: string): string {
  const { externalAddress } = link.dataConnections;
  return externalAddress === "" || isUnroutable(peerOf(link)) ? localAddress : externalAddress;
}

function activeCommand(way: DataWay, host: string, port: number): string {
  const command = way === "PORT" ? portCommand(host, port) : extendedPortCommand(host, port);
  if (command === null) throw new AppError("data-connection-failed", `PORT cannot say the address ${host}`);
  return command;
}

/** The other end of the control connection: the server's address, or the name a proxy knows it by. */
function peerOf({ serverAddress, host }: Link): string {
  return serverAddress ?? host;
}
