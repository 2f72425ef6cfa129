import type { FactName, ServerFacts } from "../../../../shared/models/serverFacts.ts";
import type { Clock, SessionLog } from "../../ports.ts";
import type { DataConnectionOptions, OpenSessionOptions, ProxyServer } from "../../sessions/remoteSession.ts";
import type { Features } from "../protocol/features.ts";
import type { PathSpelling } from "../protocol/pathSpelling.ts";
import { type Reply, replyText } from "../protocol/replyParser.ts";
import type { TextCodec } from "../text/codec.ts";
import type { BufferPair } from "./byteBuffers.ts";
import { errorFromReply } from "./classifyError.ts";
import type { ControlConnection } from "./controlConnection.ts";
import type { DataWay } from "./dataWays.ts";
import type { PassiveAhead } from "./passiveAhead.ts";
import type { Representation } from "./representation.ts";
import type { TlsSession } from "./tls.ts";

/** What an operation needs of its session: the control connection, what the server offers, and what has been learnt so far. */
export type Link = {
  readonly control: ControlConnection;
  readonly host: string;
  /** The server's IP address; null where only a proxy knows it. */
  readonly serverAddress: string | null;
  /** What data connections go through as well; null: nothing. */
  readonly proxy: ProxyServer | null;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: SessionLog;
  /** null when nothing is encrypted. */
  readonly tls: TlsSession | null;
  /** PROT P is in force (RFC 4217 §9). */
  readonly isDataProtected: boolean;
  /** Empty when the server does not know FEAT. */
  readonly features: Features;
  readonly knowsFeat: boolean;
  /** The first line of SYST; null when the server keeps it to itself. Some systems' listings are understood by it alone. */
  readonly system: string | null;
  /** Paths of ours as this server wants them in commands. */
  readonly paths: PathSpelling;
  /** What makes LIST show names that begin with a dot, on a server known to understand it; elsewhere it would name a folder. */
  readonly listOption: string | null;
  /** How far the site says its listings are ahead of UTC; null: to be found out. */
  readonly zoneOffsetMinutes: number | null;
  /** A listing that was cut off stands in front of the next one (Pure-FTPd 1.0): the session must end with it. */
  readonly mixesListings: boolean;
  readonly codec: TextCodec;
  /** The site wants what shrinks to be compressed on its way. */
  readonly compresses: boolean;
  readonly dataConnections: DataConnectionOptions;
  /** How fast files may go; undefined: as fast as they can. */
  readonly speed: OpenSessionOptions["speed"];
  /** The session's two transfer buffers; made when first needed. */
  readonly buffers: () => BufferPair;
  readonly learnt: Learnt;
};

/** What a session has found out: facts of the server, which are kept, and how things stand in this session. */
export type Learnt = { -readonly [Name in FactName]: ServerFacts[Name] } & {
  /** How the last data connection of this session came about. */
  wayInUse: DataWay | null;
  /** Ways of data connections that the server has refused for good (5yz). */
  readonly refusedWays: Set<DataWay>;
  /** MDTM has been asked for the time zone of listings, whatever came of it. */
  hasAskedForZone: boolean;
  /** A REST may be waiting for a transfer that never came. */
  isRestartPending: boolean;
  /** What TYPE is in force; null: not known. */
  representation: Representation | null;
  /** The transfer mode in force (RFC 959 §3.4). */
  mode: "S" | "Z";
  /** MODE Z was offered and then refused. */
  refusesCompression: boolean;
  /** The passive command and the transfer command may travel together: the server is known to bear it, and it has not gone wrong. */
  pipelines: boolean;
  /** Posted with the transfer before; null: nothing is. */
  passiveAhead: PassiveAhead | null;
};

/** Sends a command and waits for its final reply, whatever it says. */
export function ask(link: Link, command: string, signal: AbortSignal): Promise<Reply> {
  return link.control.post(command).finalReply(signal);
}

/** Sends a command and waits for success (2yz or 3yz). Rejects with the refusal as an error about `path`. */
export async function demand(link: Link, command: string, signal: AbortSignal, path?: string): Promise<Reply> {
  const reply = await ask(link, command, signal);
  if (isRefusal(reply)) throw refusal(link, reply, command, path);
  return reply;
}

export function isRefusal(reply: Reply): boolean {
  return reply.code >= 400;
}

/** The command is not known or not implemented: another way may be. RFC 959 §4.2. */
export function isUnsupported(reply: Reply): boolean {
  return reply.code >= 500 && reply.code <= 504;
}

export function refusal(link: Link, reply: Reply, command: string, path?: string) {
  return errorFromReply(reply, { command, phase: link.control.phase, codec: link.codec, path });
}

export function textOf(link: Link, reply: Reply): string {
  return link.codec.decode(replyText(reply));
}
