import { chmod, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificate, sharedCertificate } from "./certificates.ts";
import type { LogReader, SeenCommand, SeenTransfer } from "./dialogueLog.ts";
import { choosePassiveRange, findFreePort, type PortRange } from "./freePorts.ts";
import { findPrivileges, type Privileges } from "./privileges.ts";
import { proftpd } from "./proftpd.ts";
import { ensureServerAccount, type ServerAccount } from "./serverAccount.ts";
import { endServer, type ServerStart, spawnServer, waitForGreeting } from "./serverProcess.ts";
import { vsftpd } from "./vsftpd.ts";

export type TlsVersion = "1.2" | "1.3";

export type RealServerOptions = {
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
  /** Sessions at once; the next is told 421 (vsftpd) or 530 (ProFTPD). */
  readonly maxSessions?: number;
  /** Speed limit of each session's data connections, so that a test can watch bytes move. Default none. */
  readonly maxBytesPerSecond?: number;
  /** Fixed control port, so that a server can come back where one was stopped. */
  readonly port?: number;
  /** An existing folder to serve instead of a fresh one; it survives the server. */
  readonly root?: string;
  /** Commands go to the log; costs the server time. Default true; benchmarks say false. */
  readonly logsDialogue?: boolean;
};

export type RealServer = {
  readonly name: "vsftpd" | "ProFTPD";
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The served folder on disk; "/" for the client. */
  readonly root: string;
  readonly logPath: string;
  readonly pid: number;
  readonly certificate: Certificate | null;
  /** Commands in the order the server read them, from its own log; passwords are not in it. */
  readonly commandsSeen: () => Promise<readonly SeenCommand[]>;
  /** Finished and broken transfers with the bytes the server counted. */
  readonly transfersSeen: () => Promise<readonly SeenTransfer[]>;
  /** Makes files that a test wrote below `root`, or below one path in it, the server's own, so that it can change them. */
  readonly handOver: (path?: string) => void;
  /** Ends the server and every session of it; what it served is removed unless the folder was given. */
  readonly stop: () => Promise<void>;
};

/** What a server program needs to know to write its configuration. */
export type ServerSetup = {
  readonly folder: string;
  readonly root: string;
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
  readonly name: RealServer["name"];
  /** Writes the configuration and returns how to start it in the foreground. */
  readonly prepare: (setup: ServerSetup) => Promise<ServerStart>;
  readonly log: LogReader;
};

/** vsftpd on loopback: LIST only, no MLSD, no MFMT. */
export function startVsftpd(options: RealServerOptions = {}): Promise<RealServer> {
  return startServer(vsftpd, options);
}

/** ProFTPD on loopback: MLSD, MFMT, hashes. */
export function startProftpd(options: RealServerOptions = {}): Promise<RealServer> {
  return startServer(proftpd, options);
}

async function startServer(program: ServerProgram, options: RealServerOptions): Promise<RealServer> {
  const privileges = await findPrivileges();
  const account = ensureServerAccount(privileges);
  const certificate =
    options.tls && options.tls !== "off" ? (options.certificate ?? (await sharedCertificate())) : null;
  const setup = await prepareFolder(options, account, certificate, privileges);
  const { folder, root, port, logPath } = setup;
  const outputPath = join(folder, "output.log");
  const child = spawnServer(await program.prepare(setup), outputPath, privileges);
  const stop = async () => {
    await endServer(child, privileges);
    privileges.runAsRoot(["rm", "-rf", folder]);
  };
  try {
    await waitForGreeting(child, {
      port,
      isSilent: options.implicit === true,
      countsVisits: options.maxSessions !== undefined,
    });
  } catch (error) {
    const output = await readFile(outputPath, "utf8");
    await stop();
    throw new Error(`${program.name} did not start.\n${output}`, { cause: error });
  }
  return {
    name: program.name,
    host: "127.0.0.1",
    port,
    user: account.user,
    password: account.password,
    root,
    logPath,
    pid: child.pid ?? 0,
    certificate,
    commandsSeen: async () => program.log.readCommands(await readFile(logPath, "utf8")),
    transfersSeen: async () => {
      const seen = program.log.readTransfers(await readFile(logPath, "utf8"));
      return seen.map((transfer) => ({ ...transfer, path: withoutRoot(transfer.path, root) }));
    },
    handOver: (path = root) => void privileges.runAsRoot(["chown", "-R", `${account.user}:`, path]),
    stop,
  };
}

async function prepareFolder(
  options: RealServerOptions,
  account: ServerAccount,
  certificate: Certificate | null,
  privileges: Privileges,
): Promise<ServerSetup> {
  const folder = await mkdtemp(join(tmpdir(), "portside-ftpd-"));
  await chmod(folder, 0o711); // the server's account must pass through to what it serves
  const root = options.root ?? join(folder, "files");
  await mkdir(root, { recursive: true });
  await chmod(root, 0o777);
  privileges.runAsRoot(["chown", `${account.user}:`, root]);
  if (options.readOnlyFolder) privileges.runAsRoot(["install", "-d", "-m", "755", join(root, options.readOnlyFolder)]);
  const setup: ServerSetup = {
    folder,
    root,
    port: options.port ?? (await findFreePort()),
    passive: choosePassiveRange(),
    account,
    logPath: join(folder, "dialogue.log"),
    certificatePath: join(folder, "certificate.pem"),
    keyPath: join(folder, "key.pem"),
    options,
    privileges,
  };
  await writeFile(setup.logPath, "");
  privileges.writeAsRoot(setup.certificatePath, certificate?.cert ?? "", "644");
  privileges.writeAsRoot(setup.keyPath, certificate?.key ?? "", "600");
  return setup;
}

/** ProFTPD logs where a file lies on disk, vsftpd what the client called it. */
function withoutRoot(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length) : path;
}
