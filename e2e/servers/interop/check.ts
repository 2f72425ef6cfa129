import type { OpenSessionOptions, RemoteSession } from "../../../electron/engine/sessions/remoteSession.ts";
import type { RunningServer } from "../../ftpd/realServers.ts";
import type { RealServerOptions } from "../../ftpd/serverProgram.ts";
import type { Target } from "./targets.ts";

/** One thing every server should let a client do. */
export type Check = {
  /** "names.gbk": the theme is the part before the dot. */
  readonly id: string;
  /** Reads well after the server's name: "downloads a file of 0 bytes". */
  readonly title: string;
  /** Where it makes sense; without: plain and TLS. */
  readonly only?: "plain" | "TLS";
  /** Rejects when the server does otherwise. */
  readonly run: (context: CheckContext) => Promise<void>;
};

export type CheckContext = {
  readonly target: Target;
  readonly server: RunningServer;
  /** Logged in; checks of one server share it one after the other. */
  readonly session: RemoteSession;
  /** An empty folder of this check's own that the server may change: as a wire path, and on disk. */
  readonly folder: string;
  readonly disk: string;
  /** A session of this check's own, closed after it; on `server` unless told otherwise. */
  readonly open: (changes?: Partial<OpenSessionOptions>, server?: RunningServer) => Promise<RemoteSession>;
  /** A server of the same kind of this check's own, stopped after it. */
  readonly start: (options?: RealServerOptions) => Promise<RunningServer>;
  /** Called after the check, whatever became of it. */
  readonly later: (undo: () => Promise<void>) => void;
};

/** A server's limit that shows as a wrong value and not as a refusal. */
export class Shortcoming extends Error {}
