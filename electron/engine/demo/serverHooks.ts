import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Command } from "./commandLines.ts";
import type { Reply } from "./reply.ts";
import type { VirtualPath } from "./virtualPath.ts";

/** What can be done to a control connection from outside a command. Writes resolve when the socket has taken them. */
export type ControlLine = {
  readonly sessionId: number;
  readonly write: (bytes: string | Buffer) => Promise<void>;
  /** Closes after what was written. */
  readonly end: () => void;
  /** Closes with a reset. */
  readonly reset: () => void;
};

/** A data connection about to be used. */
export type DataTransfer = {
  readonly sessionId: number;
  readonly verb: string;
  readonly path: VirtualPath;
  /** Seen from the client: RETR and listings go down. */
  readonly direction: "download" | "upload";
  readonly offset: number;
  readonly socket: Socket;
  readonly control: ControlLine;
};

/** Places where a test can put itself into the server's way. The product uses `noHooks`. */
export type ServerHooks = {
  /** The reply that turns a new connection away, null lets it in. `sessions` counts those open already. */
  readonly admit: (sessions: number) => Reply | null;
  /** Runs before each command; "answered" when the server shall not deal with it. */
  readonly beforeCommand: (command: Command, control: ControlLine) => Promise<"run" | "answered">;
  /** Writes a reply; `command` is null for the greeting and for what the server says by itself. */
  readonly writeReply: (reply: Reply, command: Command | null, control: ControlLine) => Promise<void>;
  readonly listFeatures: (features: readonly string[]) => readonly string[];
  /** Where a transfer really begins when REST asked for `offset`. */
  readonly chooseOffset: (offset: number, verb: string) => number;
  /** Stages the bytes pass through, between file and socket. */
  readonly shapeData: (transfer: DataTransfer) => readonly Duplex[];
};

export const noHooks: ServerHooks = {
  admit: () => null,
  beforeCommand: async () => "run",
  writeReply: (reply, _command, control) => control.write(`${reply}\r\n`),
  listFeatures: (features) => features,
  chooseOffset: (offset) => offset,
  shapeData: () => [],
};
