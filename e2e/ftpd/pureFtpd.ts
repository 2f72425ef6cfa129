import { join, resolve } from "node:path";
import { serverPackages, unpackPackages } from "../../build/systemPackages.mjs";
import { opensslLimits } from "./opensslLimits.ts";
import { hashPassword } from "./serverAccount.ts";
import type { ServerProgram, ServerSetup } from "./serverProgram.ts";
import { findLibraryFolders } from "./sharedLibraries.ts";

const cacheFolder = resolve(import.meta.dirname, "../../.cache/servers/pure-ftpd");

/** Pure-FTPd takes options only, and users from a database of its own. */
export const pureFtpd: ServerProgram = {
  name: "Pure-FTPd",
  prepare: async (setup) => {
    const { folder, privileges, options } = setup;
    if (options.implicit) throw new Error("Pure-FTPd has no implicit TLS.");
    if (options.requireReuse) throw new Error("Pure-FTPd cannot demand that TLS sessions are resumed.");
    await unpackPackages(serverPackages.pureFtpd, cacheFolder);
    const env = { LD_LIBRARY_PATH: await findLibraryFolders(cacheFolder) };
    const usersPath = join(folder, "users");
    const databasePath = join(folder, "users.pdb");
    const opensslPath = join(folder, "openssl.cnf");
    privileges.writeAsRoot(usersPath, userLine(setup), "600");
    const makeDatabase = [join(cacheFolder, "usr/bin/pure-pw"), "mkdb", databasePath, "-f", usersPath];
    privileges.runAsRoot(["env", `LD_LIBRARY_PATH=${env.LD_LIBRARY_PATH}`, ...makeDatabase]);
    privileges.writeAsRoot(opensslPath, opensslLimits(options), "644");
    return {
      command: [join(cacheFolder, "usr/sbin/pure-ftpd"), ...writeOptions(setup, databasePath)],
      env: { ...env, OPENSSL_CONF: opensslPath, TZ: "UTC" },
    };
  },
};

/** One line in the form of pureftpd.passwd: the "/./" shuts the user into the folder before it. */
function userLine({ account: { user, password, uid, gid }, root }: ServerSetup): string {
  return `${user}:${hashPassword(password)}:${uid}:${gid}::${root}/./::::::::::::\n`;
}

function writeOptions(setup: ServerSetup, databasePath: string): string[] {
  const { folder, host, port, passive, options, certificatePath, keyPath } = setup;
  const kibPerSecond = Math.ceil((options.maxBytesPerSecond ?? 0) / 1024);
  const tlsModes = { off: "0", optional: "1", required: "3" };
  return [
    ...["-S", `${host},${port}`],
    ...["-p", `${passive.first}:${passive.last}`],
    ...["-l", `puredb:${databasePath}`],
    ...["-g", join(folder, "pid")],
    "-A", // everybody is shut into their folder
    "-E", // nobody is anonymous
    "-H", // no look-up of names
    ...["-u", "1"],
    ...["-L", "1000000:100"], // the list limit is 10,000 entries and 5 levels by default
    ...["-U", "133:022"],
    ...["-C", "100"],
    ...["-c", String(options.maxSessions ?? 100)],
    ...(kibPerSecond > 0 ? ["-T", String(kibPerSecond)] : []),
    ...["-Y", tlsModes[options.tls ?? "off"]],
    ...(options.tls && options.tls !== "off" ? ["-2", `${certificatePath},${keyPath}`] : []),
  ];
}
