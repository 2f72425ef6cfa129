import { chmod, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificate, sharedCertificate } from "./certificates.ts";
import type { SeenCommand, SeenTransfer } from "./dialogueLog.ts";
import { choosePassiveRange, findFreePort, type PortRange } from "./freePorts.ts";
import { findPrivileges, type Privileges } from "./privileges.ts";
import { proftpd } from "./proftpd.ts";
import { ensureServerAccount, type ServerAccount } from "./serverAccount.ts";
import { endServer, spawnServer, waitForGreeting } from "./serverProcess.ts";
import type { RealServerOptions, ServerProgram, ServerSetup } from "./serverProgram.ts";
import { vsftpd } from "./vsftpd.ts";

export type RealServer = {
  readonly name: ServerProgram["name"];
  readonly host: "127.0.0.1";
  readonly port: number;
  /** Where its passive data connections come. */
  readonly passive: PortRange;
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
    passive: setup.passive,
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
