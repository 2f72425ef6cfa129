import type { RealServer } from "../ftpd/realServers.ts";

/** One thing to measure. Paths are what the client sees; folders are on this disk. */
export type Job = {
  readonly direction: "download" | "upload";
  /** One file, or a folder of many. */
  readonly shape: "file" | "folder";
  readonly name: string;
  /** The files below this folder on the client's side; downloads land here, uploads come from here. */
  readonly localFolder: string;
  /** The same on the server's side, as the client names it: "/data" or "/received". */
  readonly remoteFolder: string;
  /** Transfers at once. */
  readonly parallel: number;
};

export type Cost = {
  readonly wallMs: number;
  /** User and system time of the client alone. */
  readonly cpuMs: number;
};

/** A client in the race. */
export type Contender = {
  readonly name: string;
  readonly run: (job: Job, server: RealServer) => Promise<Cost>;
};
