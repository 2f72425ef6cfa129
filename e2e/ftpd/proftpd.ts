import { join, resolve } from "node:path";
import { serverPackages, unpackPackages } from "../../build/systemPackages.mjs";
import { type LogReader, splitCommand } from "./dialogueLog.ts";
import { hashPassword } from "./serverAccount.ts";
import type { LoggingProgram, ServerSetup } from "./serverProgram.ts";
import { findLibraryFolders } from "./sharedLibraries.ts";

const cacheFolder = resolve(import.meta.dirname, "../../.cache/servers/proftpd");

export const proftpd: LoggingProgram = {
  name: "ProFTPD",
  prepare: async (setup) => {
    const { folder, privileges } = setup;
    await unpackPackages(serverPackages.proftpd, cacheFolder);
    const configPath = join(folder, "proftpd.conf");
    const usersPath = join(folder, "users");
    privileges.writeAsRoot(usersPath, userLine(setup), "600");
    privileges.writeAsRoot(join(folder, "groups"), `${setup.account.user}:x:${setup.account.gid}:\n`, "600");
    privileges.writeAsRoot(configPath, writeConfig(setup, usersPath), "600");
    return {
      command: [join(cacheFolder, "usr/sbin/proftpd"), "-n", "-q", "-c", configPath],
      env: { LD_LIBRARY_PATH: await findLibraryFolders(cacheFolder) },
    };
  },
  log: readProftpdLog(),
};

/** One line in the form of passwd(5). */
function userLine({ account: { user, password, uid, gid }, root }: ServerSetup): string {
  return `${user}:${hashPassword(password)}:${uid}:${gid}::${root}:/usr/sbin/nologin\n`;
}

function writeConfig(setup: ServerSetup, usersPath: string): string {
  const { folder, options, passive, account } = setup;
  const lines = [
    `ModulePath ${join(cacheFolder, "usr/lib/proftpd")}`,
    ...["tls", "tls_shmcache", "digest", "deflate", "copy", "site_misc"].map((name) => `LoadModule mod_${name}.c`),
    'ServerName "Portside test"',
    "ServerType standalone",
    "DefaultServer on",
    `DefaultAddress ${setup.host}`,
    "SocketBindTight on",
    `UseIPv6 ${setup.host === "::1" ? "on" : "off"}`,
    `Port ${setup.port}`,
    `PassivePorts ${passive.first} ${passive.last}`,
    `User ${account.user}`,
    `Group ${account.user}`,
    "Umask 022",
    `ScoreboardFile ${join(folder, "scoreboard")}`,
    `PidFile ${join(folder, "pid")}`,
    `DelayTable none`,
    "DelayEngine off", // it sleeps a random while at each login
    "UseReverseDNS off",
    "AuthPAM off",
    "AuthOrder mod_auth_file.c",
    `AuthUserFile ${usersPath}`,
    `AuthGroupFile ${join(folder, "groups")}`,
    "RequireValidShell off",
    "RootLogin off",
    "DefaultRoot ~",
    "MaxInstances 100",
    `MaxClients ${options.maxSessions ?? "none"}`,
    ...(options.maxBytesPerSecond ? [`TransferRate RETR,STOR ${Math.ceil(options.maxBytesPerSecond / 1024)}`] : []),
    "TimeoutLinger 0",
    "TimesGMT on",
    'ListOptions ""',
    "DeflateEngine on",
    ...(options.allowsForeignAddress ? ["AllowForeignAddress on"] : []),
    "AllowOverwrite on",
    "AllowStoreRestart on",
    "AllowRetrieveRestart on",
    "WtmpLog off",
    `SystemLog ${join(folder, "system.log")}`,
    "TransferLog none",
    ...(options.logsDialogue === false ? [] : logLines(setup)),
    ...tlsLines(setup),
  ];
  return `${lines.join("\n")}\n`;
}

/** Every command with its code, and the bytes of what moves data: `RETR a.txt|226|1234|/a.txt`. */
function logLines({ logPath }: ServerSetup): string[] {
  return ['LogFormat dialogue "%s|%b|%f|%r"', `ExtendedLog ${logPath} ALL dialogue`];
}

function tlsLines({ options, certificatePath, keyPath, folder }: ServerSetup): string[] {
  if (!options.tls || options.tls === "off") return [];
  const versions = (options.tlsVersions ?? ["1.2", "1.3"]).map((version) => `TLSv${version}`);
  const flags = [options.requireReuse ? "" : "NoSessionReuseRequired", options.implicit ? "UseImplicitSSL" : ""].filter(
    Boolean,
  );
  return [
    "TLSEngine on",
    `TLSLog ${join(folder, "tls.log")}`,
    `TLSProtocol ${versions.join(" ")}`,
    `TLSRSACertificateFile ${certificatePath}`,
    `TLSRSACertificateKeyFile ${keyPath}`,
    "TLSVerifyClient off",
    `TLSRequired ${options.tls === "required" ? "on" : "off"}`,
    "TLSSessionTickets on", // its shared-memory session cache crashes 1.3.8 in long TLS 1.3 sessions
    ...(flags.length > 0 ? [`TLSOptions ${flags.join(" ")}`] : []),
  ];
}

function readProftpdLog(): LogReader {
  const line = /^(?<code>\d{3}|-)\|(?<bytes>\d+|-)\|(?<path>[^|]*)\|(?<command>.*)$/gm;
  const read = (log: string) =>
    Array.from(log.matchAll(line), ({ groups }) => ({
      code: groups?.code ?? "",
      bytes: Number(groups?.bytes) || 0,
      path: groups?.path ?? "",
      ...splitCommand(groups?.command ?? ""),
    }));
  const directions: Readonly<Record<string, "upload" | "download">> = {
    RETR: "download",
    STOR: "upload",
    APPE: "upload",
    STOU: "upload",
  };
  return {
    readCommands: (log) => read(log).map(({ verb, argument }) => ({ verb, argument })),
    readTransfers: (log) =>
      read(log).flatMap(({ verb, path, bytes, code }) => {
        const direction = directions[verb];
        return direction ? [{ direction, path, bytes, isComplete: code.startsWith("2") }] : [];
      }),
  };
}
