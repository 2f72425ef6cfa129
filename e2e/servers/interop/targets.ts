import {
  type RunningServer,
  startGnuFtpd,
  startProftpd,
  startPureFtpd,
  startPyftpdlib,
  startVsftpd,
} from "../../ftpd/realServers.ts";
import type { RealServerOptions, ServerName } from "../../ftpd/serverProgram.ts";

/** A server as the suite meets it: a column of the table. */
export type Target = {
  readonly server: ServerName;
  readonly protection: "plain" | "TLS";
  /** What every server of this target is started with. */
  readonly options: RealServerOptions;
  readonly start: (options: RealServerOptions) => Promise<RunningServer>;
};

const plain: RealServerOptions = { logsDialogue: false };
const encrypted: RealServerOptions = { ...plain, tls: "required" };
/** The strictest a server can be: data connections resume the control connection's TLS session. */
const strict: RealServerOptions = { ...encrypted, requireReuse: true };

/** In the order of the table's columns. */
export const targets: readonly Target[] = [
  { server: "vsftpd", protection: "plain", options: plain, start: startVsftpd },
  { server: "vsftpd", protection: "TLS", options: strict, start: startVsftpd },
  { server: "ProFTPD", protection: "plain", options: plain, start: startProftpd },
  { server: "ProFTPD", protection: "TLS", options: strict, start: startProftpd },
  { server: "Pure-FTPd", protection: "plain", options: plain, start: startPureFtpd },
  { server: "Pure-FTPd", protection: "TLS", options: encrypted, start: startPureFtpd },
  { server: "pyftpdlib", protection: "plain", options: plain, start: startPyftpdlib },
  { server: "pyftpdlib", protection: "TLS", options: encrypted, start: startPyftpdlib },
  { server: "GNU ftpd", protection: "plain", options: plain, start: startGnuFtpd },
];
