import type { Checksum, ChecksumAlgorithm } from "../../../shared/models/checksum.ts";
import type { Security } from "../../../shared/models/connection.ts";
import type { ConsoleAnswer } from "../../../shared/models/consoleCommand.ts";
import type { Entry, EntryType } from "../../../shared/models/entry.ts";
import type { CertificateFacts, CertificateReason } from "../../../shared/models/prompt.ts";
import type { ServerFacts } from "../../../shared/models/serverFacts.ts";
import type { Encryption, TlsVersion, TransferMode } from "../../../shared/models/site.ts";
import type { Direction } from "../../../shared/models/transfer.ts";
import type { Clock, SessionLog } from "../ports.ts";

/**
 * One logged-in session with a remote file system, free of FTP words so that SFTP can stand beside it.
 * Paths are wire paths (shared/models/place.ts), absolute, joined by "/". One operation at a time; a second one while the first
 * runs is a bug and rejects with `internal`. Every operation rejects with AppError and stops when its signal fires (`cancelled`);
 * after a cancel or an error look at `isUsable` before the next operation.
 */
export type RemoteSession = {
  /** As in the log: "browse 1", "transfer 2". */
  readonly label: string;
  readonly security: Security;
  /** What the server calls its system, for the status bar. */
  readonly system: string | null;
  /** How names are decoded, as a label for people: "UTF-8", "GB18030". May settle with the first listing. */
  readonly encoding: string;
  /** The folder the server opened after login. */
  readonly startFolder: string;
  readonly can: SessionAbilities;
  /** False once the connection is gone or the dialogue cannot be trusted any more. */
  readonly isUsable: boolean;
  /** Calls back once when the connection ends while no operation runs (421, drop). Returns its undo. */
  readonly onLost: (callback: () => void) => () => void;

  /** Reads a folder; entries arrive in batches while the listing still runs. Without "." and "..". */
  readonly list: (path: string, onEntries: (entries: readonly Entry[]) => void, signal: AbortSignal) => Promise<void>;
  /**
   * The folder in the other way the server knows, if any: shows what `list` may leave out, and tells links from what they lead to where
   * `can.showLinks` says that `list` does not. Slow; for who is about to delete.
   */
  readonly listHidden: (
    path: string,
    onEntries: (entries: readonly Entry[]) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Facts of one path; null when it does not exist. `size` null for folders. */
  readonly stat: (path: string, signal: AbortSignal) => Promise<RemoteStat | null>;
  readonly download: (request: DownloadRequest, signal: AbortSignal) => Promise<void>;
  readonly upload: (request: UploadRequest, signal: AbortSignal) => Promise<void>;
  /**
   * What is left to do for a file that was sent, in one go: gives it its time (null: leaves it; a server that offers no way is no
   * error) and resolves to the size the server shows for it, null when it shows none.
   */
  readonly finishUpload: (path: string, modifiedMs: number | null, signal: AbortSignal) => Promise<number | null>;
  /** Succeeds when the folder exists already. Its parent must exist. */
  readonly makeFolder: (path: string, signal: AbortSignal) => Promise<void>;
  readonly removeFile: (path: string, signal: AbortSignal) => Promise<void>;
  /** The folder must be empty. */
  readonly removeFolder: (path: string, signal: AbortSignal) => Promise<void>;
  /** A folder with all it holds, by the server itself; needs `can.removeTree`. */
  readonly removeTree: (path: string, signal: AbortSignal) => Promise<void>;
  readonly rename: (path: string, newPath: string, signal: AbortSignal) => Promise<void>;
  readonly setPermissions: (path: string, mode: number, signal: AbortSignal) => Promise<void>;
  /** False when the server offers no way; never an error for that. */
  readonly setModified: (path: string, modifiedMs: number, signal: AbortSignal) => Promise<boolean>;
  /** Computed by the server, the best algorithm it offers; needs `can.checksum`. */
  readonly checksum: (path: string, signal: AbortSignal) => Promise<Checksum>;
  /** Copied by the server, without a byte on the way; needs `can.copy`. */
  readonly copy: (path: string, newPath: string, signal: AbortSignal) => Promise<void>;
  /** Makes a link at `path` that leads to `target`; needs `can.createLink`. */
  readonly createLink: (target: string, path: string, signal: AbortSignal) => Promise<void>;
  /** Bytes that may still be stored in a folder; null where the server does not tell. */
  readonly freeSpace: (folder: string, signal: AbortSignal) => Promise<number | null>;
  /**
   * Sends a file to a server of the same kind without passing here; the target must not exist. Rejects with `unsupported-command` when
   * the two cannot, `encryption-refused`, `data-connection-failed`, `incomplete`, and what a download and an upload reject with.
   */
  readonly sendTo: (target: RemoteSession, path: string, targetPath: string, signal: AbortSignal) => Promise<void>;
  /**
   * Runs a command line in the server's own language, as a user typed it. What the server refuses is an answer too. Rejects with
   * `invalid-input` for a line that would take the session out of these hands, `unsupported-command` where there is no such language.
   */
  readonly command: (line: string, signal: AbortSignal) => Promise<ConsoleAnswer>;
  /** The commands the server says it offers, for completion; sorted. */
  readonly offeredCommands: (signal: AbortSignal) => Promise<readonly string[]>;
  /** Says something harmless so that nobody in between forgets the connection. */
  readonly keepAlive: (signal: AbortSignal) => Promise<void>;
  /** Ends politely, within a second; never rejects. */
  readonly close: () => Promise<void>;

  /** Text a user typed as a wire name or path, and back for people. */
  readonly toWire: (text: string) => string;
  readonly toText: (wire: string) => string;
};

export type SessionAbilities = {
  readonly resumeDownload: boolean;
  readonly resumeUpload: boolean;
  readonly setModified: boolean;
  /** What `checksum` computes; null: the server computes nothing. */
  readonly checksum: ChecksumAlgorithm | null;
  readonly copy: boolean;
  readonly createLink: boolean;
  readonly removeTree: boolean;
  /** `list` tells links from what they lead to. */
  readonly showLinks: boolean;
};

export type RemoteStat = {
  readonly type: EntryType;
  readonly size: number | null;
  readonly modifiedMs: number | null;
};

export type DownloadRequest = {
  readonly path: string;
  /** Byte to begin at; > 0 needs `can.resumeDownload`, and rejects with `resume-refused` when the server will not. */
  readonly offset: number;
  /** Bytes expected of the whole file; the download is `incomplete` when the data ends elsewhere. null: unknown. */
  readonly size: number | null;
  /**
   * Byte to stop before, asked again as bytes come: it may move while they do, but not to where bytes have come already. Without: the
   * end of the file. Where it stops in the middle, nothing tells that the server began at `offset`: that is for the caller to see.
   * Not of text.
   */
  readonly endOffset?: () => number;
  readonly sink: ByteSink;
  /** Called for each run of bytes that the sink has taken. */
  readonly onBytes: (count: number) => void;
  /** Where given, the file's time is asked along with its bytes, and told before the download resolves; null: the server does not tell. */
  readonly onModified?: (modifiedMs: number | null) => void;
  /**
   * Moves it as text: its line ends become this system's. Such a download begins at 0, else it rejects with `resume-refused`, and
   * `size` is no measure of it. `onBytes` counts bytes as the sink gets them.
   */
  readonly isText?: boolean;
  /** Another small file will follow on this session at once: what it needs may be asked for along with this one. */
  readonly isFollowed?: boolean;
};

export type UploadRequest = {
  readonly path: string;
  /** Byte to begin at; the target already holds that many. */
  readonly offset: number;
  /** Bytes the source will give from `offset` on. */
  readonly length: number;
  readonly source: ByteSource;
  /** Called for each run of bytes the socket has taken. */
  readonly onBytes: (count: number) => void;
  /**
   * Moves it as text: its line ends become the server's. Such an upload begins at 0, else it rejects with `resume-refused`, and the
   * target need not be as long as the source. `onBytes` counts bytes as the source gives them.
   */
  readonly isText?: boolean;
  /** As of a download. */
  readonly isFollowed?: boolean;
};

/** Takes bytes in order. The promise resolves when `bytes` may be overwritten by the caller. */
export type ByteSink = { readonly write: (bytes: Uint8Array) => Promise<void> };

/** Fills `into` from its start; resolves to the count, 0 at the end. Nobody changes what it holds before the next call with it. */
export type ByteSource = { readonly read: (into: Uint8Array) => Promise<number> };

/** How fast one transfer may go. */
export type Allowance = {
  /** How many bytes to move at once at most; null: as many as are there, no limit holds. */
  readonly pieceBytes: () => number | null;
  /** `bytes` are moved. null, or resolves when the next may be. Never rejects. */
  readonly take: (bytes: number) => Promise<void> | null;
  /** The transfer has ended: who still waits goes on. */
  readonly close: () => void;
};

export type Login = { readonly user: string; readonly password: string; readonly account: string | null };

/** A certificate as presented; `reasons` is empty when the system's roots vouch for it and the host name fits. */
export type PresentedCertificate = {
  readonly host: string;
  readonly port: number;
  readonly certificate: CertificateFacts;
  readonly reasons: readonly CertificateReason[];
};

/** How connections for files and listings come about, where the protocol has separate ones. */
export type DataConnectionOptions = {
  readonly mode: TransferMode;
  /** "automatic" may end with the server connecting to us. */
  readonly fallsBackToActive: boolean;
  /** Where the server may connect to us; null: any free port. */
  readonly ports: PortRange | null;
  /** What a server outside our own network reaches us by; "": our own address. */
  readonly externalAddress: string;
  /** The server may send us to another public host. */
  readonly allowsForeignAddress: boolean;
  /** What worked last on this host, shared by its sessions. */
  readonly memory: {
    readonly recall: () => ServerFacts["dataWay"];
    readonly note: (way: ServerFacts["dataWay"]) => void;
  };
};

export type TlsSettings = {
  readonly minVersion: TlsVersion;
  /** The client's own certificate and key, PEM; null: none. */
  readonly client: { readonly cert: string; readonly key: string } | null;
};

/** A proxy that passes connections on, as the settings have it, with its password. */
export type ProxyServer = {
  readonly kind: "socks4a" | "socks5" | "http";
  readonly host: string;
  readonly port: number;
  /** Empty: the proxy asks for none. */
  readonly user: string;
  readonly password: string;
};

/** A server that logs in to another one for us, with its password (shared/models/proxy.ts). */
export type FtpProxyServer = {
  readonly kind: "user@host" | "site" | "open" | "custom";
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly loginSequence: readonly string[];
};

export type PortRange = { readonly first: number; readonly last: number };

export type OpenSessionOptions = {
  readonly label: string;
  readonly host: string;
  readonly port: number;
  readonly encryption: Encryption;
  readonly login: Login;
  /** Every connection goes through it, for files and listings too; null: directly. */
  readonly proxy: ProxyServer | null;
  /** Where the control connection goes instead of to the host; null: to the host. */
  readonly ftpProxy: FtpProxyServer | null;
  /** Names the host before the login, for servers with a site per name (RFC 7151). */
  readonly sendsHost: boolean;
  /** Raw command lines for after the login. A refusal is logged and bothers nobody. */
  readonly loginCommands: readonly string[];
  /** "auto" or an encoding label. A function is asked at each use: the user may choose another one while the session stands. */
  readonly encoding: string | (() => string);
  /** How far the times of listings without a time zone are ahead of UTC; null: found out by asking about one file. */
  readonly zoneOffsetMinutes?: number | null;
  /** Connect, reply and data silence, each. */
  readonly timeoutMs: number;
  readonly dataConnections: DataConnectionOptions;
  /** Compresses what shrinks on its way, where the server offers it. Without: nothing. */
  readonly compresses?: boolean;
  readonly tls: TlsSettings;
  /** Decides about the server's certificate before anything secret is sent. false: reject with `certificate-untrusted`. */
  readonly trust: (presented: PresentedCertificate, signal: AbortSignal) => Promise<boolean>;
  /** Whether to log in readably when "tls-if-available" finds no encryption. false: reject with `encryption-refused`. */
  readonly allowPlain: (signal: AbortSignal) => Promise<boolean>;
  /** What earlier sessions have learnt about this server, and who keeps what this one learns. Without: it starts afresh. */
  readonly facts?: { readonly recall: () => ServerFacts; readonly note: (news: Partial<ServerFacts>) => void };
  /** How the last login on this host went, shared by its sessions: the next one need not wait for each answer. Without: it waits. */
  readonly logins?: { readonly recall: () => KnownLogin | null; readonly note: (login: KnownLogin) => void };
  /** How fast files may go, asked for each transfer; without: as fast as they can. */
  readonly speed?: (direction: Direction) => Allowance;
  readonly log: SessionLog;
  readonly clock: Clock;
};

/** A login that a server has taken, in words of its protocol: what it greeted with, and what it was asked once we were in. */
export type KnownLogin = { readonly greeting: string; readonly commands: readonly string[] };

/** Connects and logs in. Implemented by ftp/openFtpSession. */
export type OpenSession = (options: OpenSessionOptions, signal: AbortSignal) => Promise<RemoteSession>;
