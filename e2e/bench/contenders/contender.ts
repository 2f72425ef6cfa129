/** Where a client finds the server: its own address, or the one of a slow line before it. */
export type Address = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** PEM of what the server shows, for clients that trust only what they have seen; null: no TLS. */
  readonly certificate: string | null;
};

/** One thing to measure. Paths are what the client sees; folders are on this disk. */
export type Job = {
  readonly direction: "download" | "upload";
  /** One file, or a folder of many. */
  readonly shape: "file" | "folder";
  readonly name: string;
  /** Downloads land here, uploads come from here. */
  readonly localFolder: string;
  /** The same on the server's side, as the client names it: "/data" or "/received". */
  readonly remoteFolder: string;
  /** TLS 1.3 for commands and data. */
  readonly isEncrypted: boolean;
  /** Connections at most; null: what the client does by itself, or its best setting. */
  readonly parallel: number | null;
  /** Whoever takes longer will never finish: no client and no machine is as slow. */
  readonly patienceMs: number;
};

export type Cost = {
  readonly wallMs: number;
  /** User and system time of the client alone. */
  readonly cpuMs: number;
};

/** A client in the race. */
export type Contender = {
  readonly name: string;
  readonly run: (job: Job, server: Address) => Promise<Cost>;
};
