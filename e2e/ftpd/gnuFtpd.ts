import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { serverPackages, unpackPackages } from "../../build/systemPackages.mjs";
import { hashPassword } from "./serverAccount.ts";
import type { ServerProgram, ServerSetup } from "./serverProgram.ts";
import { findLibraryFolders } from "./sharedLibraries.ts";

const cacheFolder = resolve(import.meta.dirname, "../../.cache/servers/gnu-ftpd");
const listener = resolve(import.meta.dirname, "inetd.py");

/**
 * GNU ftpd waits to be called by inetd, with the connection as its standard input, and knows the system's users only. A small listener
 * plays inetd; nss_wrapper shows it a user file of our own, so that the system's stay as they are.
 */
export const gnuFtpd: ServerProgram = {
  name: "GNU ftpd",
  prepare: async (setup) => {
    const { folder, host, port, privileges, account, options } = setup;
    if (options.tls && options.tls !== "off") throw new Error("GNU ftpd has no TLS.");
    if (options.maxSessions !== undefined) throw new Error("GNU ftpd does not count its sessions.");
    if (options.maxBytesPerSecond !== undefined) throw new Error("GNU ftpd has no speed limit.");
    await unpackPackages(serverPackages.gnuFtpd, cacheFolder);
    const users = join(folder, "passwd");
    const groups = join(folder, "group");
    const passwords = join(folder, "shadow");
    privileges.writeAsRoot(users, userLines(setup), "644");
    privileges.writeAsRoot(groups, `root:x:0:\n${account.user}:x:${account.gid}:\n`, "644");
    privileges.writeAsRoot(passwords, `${account.user}:${hashPassword(account.password)}:1:0:99999:7:::\n`, "600");
    return {
      command: ["/usr/bin/python3", "-B", listener, host, String(port), await findWrapper(), ...ftpdCommand()],
      env: {
        NSS_WRAPPER_PASSWD: users,
        NSS_WRAPPER_GROUP: groups,
        NSS_WRAPPER_SHADOW: passwords,
        TZ: "UTC",
        LC_ALL: "C",
      },
    };
  },
};

/** passwd(5). ftpd lets nobody in without a shell; the account itself has none, and ftpd never starts it. */
function userLines({ account: { user, uid, gid }, root }: ServerSetup): string {
  return `root:x:0:0::/:/bin/sh\n${user}:x:${uid}:${gid}::${root}:/bin/sh\n`;
}

function ftpdCommand(): string[] {
  return [join(cacheFolder, "usr/sbin/ftpd"), "--auth=default", "--umask=022"];
}

async function findWrapper(): Promise<string> {
  const folders = (await findLibraryFolders(cacheFolder)).split(":");
  const found = folders.find((folder) => existsSync(join(folder, "libnss_wrapper.so")));
  if (found === undefined) throw new Error("The package libnss-wrapper has no libnss_wrapper.so.");
  return join(found, "libnss_wrapper.so");
}
