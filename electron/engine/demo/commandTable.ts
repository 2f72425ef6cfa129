import type { Clock } from "./clock.ts";
import type { Fact } from "./listingLines.ts";
import type { PassiveListener } from "./passiveListener.ts";
import type { Reply } from "./reply.ts";
import type { ControlLine, ServerHooks } from "./serverHooks.ts";
import type { VirtualFiles } from "./virtualFiles.ts";
import type { VirtualPath } from "./virtualPath.ts";

/** What one session remembers between commands. The only thing here that changes. */
export type SessionState = {
  user: string | null;
  isLoggedIn: boolean;
  failedLogins: number;
  folder: VirtualPath;
  /** RFC 959 §3.1.1: ASCII until the client says otherwise. */
  type: "A" | "I";
  /** "Z": the bytes of each transfer travel as one zlib stream (draft-preston-ftpext-deflate). */
  mode: "S" | "Z";
  /** What REST announced for the next transfer. */
  restart: number;
  renameFrom: VirtualPath | null;
  passive: PassiveListener | null;
  /** After EPSV ALL only EPSV opens data connections. RFC 2428 §4. */
  onlyEpsv: boolean;
  facts: ReadonlySet<Fact>;
  isLeaving: boolean;
};

export type CommandContext = {
  readonly state: SessionState;
  readonly files: VirtualFiles;
  readonly login: { readonly user: string; readonly password: string };
  readonly clock: Clock;
  readonly hooks: ServerHooks;
  /** What this server knows. */
  readonly commands: CommandTable;
  readonly control: ControlLine;
  /** Where the client reached us, and from where it came. */
  readonly localAddress: string;
  readonly peerAddress: string;
  /** Sends the 1yz reply that goes before the final one. */
  readonly sayFirst: (reply: Reply) => Promise<void>;
  /** Fires when ABOR arrives during a transfer, and when the client is gone. */
  readonly signal: AbortSignal;
};

/** A command's one final reply; what it throws is turned into a refusal. */
export type CommandRule = {
  readonly argument: "none" | "optional" | "required";
  readonly beforeLogin?: boolean;
  readonly run: (context: CommandContext, argument: string) => Promise<Reply> | Reply;
};

export type CommandTable = Readonly<Record<string, CommandRule>>;
