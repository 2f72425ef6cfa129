import { join, resolve } from "node:path";
import { findCommand, serverPackages, unpackPackages } from "../../build/systemPackages.mjs";
import { type LogReader, splitCommand } from "./dialogueLog.ts";
import { opensslLimits } from "./opensslLimits.ts";
import { pamService } from "./serverAccount.ts";
import type { LoggingProgram, ServerSetup } from "./serverProgram.ts";
import { findLibraryFolders } from "./sharedLibraries.ts";

const cacheFolder = resolve(import.meta.dirname, "../../.cache/servers/vsftpd");
/** vsftpd shuts itself into this empty folder until someone has logged in. */
const emptyFolder = "/var/run/vsftpd/empty";

export const vsftpd: LoggingProgram = {
  name: "vsftpd",
  prepare: async (setup) => {
    const { folder, privileges } = setup;
    const program = await locateProgram();
    const configPath = join(folder, "vsftpd.conf");
    const opensslPath = join(folder, "openssl.cnf");
    privileges.runAsRoot(["mkdir", "-p", emptyFolder]);
    privileges.writeAsRoot(configPath, writeConfig(setup), "600");
    privileges.writeAsRoot(opensslPath, opensslLimits(setup.options), "644");
    return {
      command: [program.path, configPath],
      env: { ...program.env, ...zoneOf(setup), OPENSSL_CONF: opensslPath },
    };
  },
  log: readVsftpdLog(),
};

function zoneOf({ options }: ServerSetup): Readonly<Record<string, string>> {
  return options.timeZone === undefined ? {} : { TZ: options.timeZone };
}

/** The system's own vsftpd when it has one, else the unpacked package. */
async function locateProgram(): Promise<{ path: string; env: Readonly<Record<string, string>> }> {
  const installed = await findCommand("vsftpd");
  if (installed) return { path: installed, env: {} };
  await unpackPackages(serverPackages.vsftpd, cacheFolder);
  return {
    path: join(cacheFolder, "usr/sbin/vsftpd"),
    env: { LD_LIBRARY_PATH: await findLibraryFolders(cacheFolder) },
  };
}

function writeConfig(setup: ServerSetup): string {
  const { options, passive } = setup;
  const settings: Record<string, string | number> = {
    ...(setup.host === "::1"
      ? { listen_ipv6: "YES", listen_address6: setup.host }
      : { listen: "YES", listen_address: setup.host }),
    listen_port: setup.port,
    background: "NO",
    seccomp_sandbox: "NO", // the filter of 3.0.3 kills sessions on recent kernels: "500 OOPS: child died"
    secure_chroot_dir: emptyFolder,
    pam_service_name: pamService,
    anonymous_enable: "NO",
    local_enable: "YES",
    local_root: setup.root,
    chroot_local_user: "YES",
    allow_writeable_chroot: "YES",
    local_umask: "022",
    write_enable: "YES",
    chmod_enable: "YES",
    mdtm_write: "YES",
    utf8_filesystem: "YES",
    ascii_upload_enable: "YES", // else TYPE A is agreed to and not done
    ascii_download_enable: "YES",
    use_localtime: options.timeZone === undefined ? "NO" : "YES",
    pasv_min_port: passive.first,
    pasv_max_port: passive.last,
    pasv_promiscuous: options.allowsForeignAddress ? "YES" : "NO",
    port_promiscuous: options.allowsForeignAddress ? "YES" : "NO",
    max_clients: options.maxSessions ?? 0,
    local_max_rate: options.maxBytesPerSecond ?? 0,
    xferlog_enable: "YES",
    dual_log_enable: "NO",
    syslog_enable: "NO",
    vsftpd_log_file: setup.logPath,
    log_ftp_protocol: options.logsDialogue === false ? "NO" : "YES",
    ...tlsSettings(setup),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function tlsSettings({ options, certificatePath, keyPath }: ServerSetup): Record<string, string> {
  if (!options.tls || options.tls === "off") return { ssl_enable: "NO" };
  const isForced = options.tls === "required" ? "YES" : "NO";
  return {
    ssl_enable: "YES",
    ssl_tlsv1: "YES", // means "1.0 and later"; openssl.cnf narrows it
    ssl_sslv2: "NO",
    ssl_sslv3: "NO",
    ssl_ciphers: "HIGH",
    rsa_cert_file: certificatePath,
    rsa_private_key_file: keyPath,
    force_local_logins_ssl: isForced,
    force_local_data_ssl: isForced,
    require_ssl_reuse: options.requireReuse ? "YES" : "NO",
    implicit_ssl: options.implicit ? "YES" : "NO",
  };
}

function readVsftpdLog(): LogReader {
  // … [portside] FTP command: Client "127.0.0.1", "RETR a.txt"
  const command = /FTP command: Client "[^"]*", "(?<line>.*)"$/gm;
  // … [portside] OK DOWNLOAD: Client "127.0.0.1", "/a.txt", 1234 bytes, 56.78Kbyte/sec
  const transfer =
    /(?<outcome>OK|FAIL) (?<kind>UPLOAD|DOWNLOAD): Client "[^"]*", "(?<path>.*)", (?:(?<bytes>\d+) bytes, )?[\d.]+Kbyte\/sec$/gm;
  return {
    readCommands: (log) => Array.from(log.matchAll(command), (match) => splitCommand(match.groups?.line ?? "")),
    readTransfers: (log) =>
      Array.from(log.matchAll(transfer), ({ groups }) => ({
        direction: groups?.kind === "UPLOAD" ? ("upload" as const) : ("download" as const),
        path: groups?.path ?? "",
        bytes: Number(groups?.bytes ?? 0),
        isComplete: groups?.outcome === "OK",
      })),
  };
}
