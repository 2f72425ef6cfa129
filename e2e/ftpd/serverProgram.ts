import type { Certificate } from "./certificates.ts";
import type { LogReader } from "./dialogueLog.ts";
import type { PortRange } from "./freePorts.ts";
import type { Privileges } from "./privileges.ts";
import type { ServerAccount } from "./serverAccount.ts";
import type { ServerStart } from "./serverProcess.ts";

export type TlsVersion = "1.2" | "1.3";

export type RealServerOptions = {
  /** Loopback address to listen on. Default "127.0.0.1". */
  readonly host?: "127.0.0.1" | "::1";
  /** AUTH TLS: not offered, offered, or demanded before login and for data. Default "off". */
  readonly tls?: "off" | "optional" | "required";
  /** TLS from the first byte, as on port 990; needs `tls`. */
  readonly implicit?: boolean;
  readonly tlsVersions?: readonly TlsVersion[];
  /** Data connections must resume the control connection's TLS session. Default false. */
  readonly requireReuse?: boolean;
  /** Default: one certificate for all servers of this process. */
  readonly certificate?: Certificate;
  /** Name of a sub-folder in which the server may read but not write. */
  readonly readOnlyFolder?: string;
  /** Sessions at once; the next is told 421 (vsftpd, Pure-FTPd, pyftpdlib) or 530 (ProFTPD). */
  readonly maxSessions?: number;
  /** Speed limit of each session's data connections, so that a test can watch bytes move. Default none. */
  /** Data connections may come from, and go to, another host than the client's: files go from server to server. */
  readonly allowsForeignAddress?: boolean;
  readonly maxBytesPerSecond?: number;
  /** Fixed control port, so that a server can come back where one was stopped. */
  readonly port?: number;
  /** An existing folder to serve instead of a fresh one; it survives the server. */
  readonly root?: string;
  /** Commands go to the log; costs the server time. Default true; benchmarks say false. */
  readonly logsDialogue?: boolean;
  /** POSIX TZ, "NPT-5:45": the server shows local time, in LIST and MDTM alike (vsftpd only). */
  readonly timeZone?: string;
};

/** What a server program needs to know to write its configuration. */
export type ServerSetup = {
  readonly folder: string;
  readonly root: string;
  readonly host: "127.0.0.1" | "::1";
  readonly port: number;
  readonly passive: PortRange;
  readonly account: ServerAccount;
  readonly logPath: string;
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly options: RealServerOptions;
  readonly privileges: Privileges;
};

/** One kind of server program. */
export type ServerProgram = {
  readonly name: ServerName;
  /** Writes the configuration and returns how to start it in the foreground. Rejects with a sentence for an option it cannot have. */
  readonly prepare: (setup: ServerSetup) => Promise<ServerStart>;
};

export type ServerName = "vsftpd" | "ProFTPD" | "Pure-FTPd" | "pyftpdlib" | "GNU ftpd";

/** A server that writes down what it is told, so that a test can read it. */
export type LoggingProgram = ServerProgram & { readonly log: LogReader };
