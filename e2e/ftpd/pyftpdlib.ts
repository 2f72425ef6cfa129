import { join, resolve } from "node:path";
import { serverPackages, unpackPackages } from "../../build/systemPackages.mjs";
import type { ServerProgram, ServerSetup } from "./serverProgram.ts";
import { findLibraryFolders } from "./sharedLibraries.ts";

const cacheFolder = resolve(import.meta.dirname, "../../.cache/servers/pyftpdlib");
const program = resolve(import.meta.dirname, "pyftpdlibServer.py");
/** Debian's own Python, which Debian's libraries belong to; another may come first in PATH. */
const python = "/usr/bin/python3";

/** pyftpdlib is a library; its server is a page of Python beside this file. */
export const pyftpdlib: ServerProgram = {
  name: "pyftpdlib",
  prepare: async (setup) => {
    const { folder, privileges, options } = setup;
    if (options.requireReuse) throw new Error("pyftpdlib cannot demand that TLS sessions are resumed.");
    await unpackPackages(serverPackages.pyftpdlib, cacheFolder);
    const configPath = join(folder, "pyftpdlib.json");
    privileges.writeAsRoot(configPath, JSON.stringify(writeConfig(setup)), "600");
    return {
      command: [python, "-B", program, configPath],
      env: {
        PYTHONPATH: join(cacheFolder, "usr/lib/python3/dist-packages"),
        LD_LIBRARY_PATH: await findLibraryFolders(cacheFolder),
      },
    };
  },
};

function writeConfig({ account, root, host, port, passive, options, certificatePath, keyPath }: ServerSetup) {
  const tls = options.tls ?? "off";
  return {
    host,
    port,
    passive: [passive.first, passive.last],
    root,
    ...account,
    maxSessions: options.maxSessions ?? 0,
    maxBytesPerSecond: options.maxBytesPerSecond ?? 0,
    tls: tls === "off" ? null : { certificatePath, keyPath, isRequired: tls === "required" },
    implicit: options.implicit === true,
    tlsVersions: options.tlsVersions ?? ["1.2", "1.3"],
  };
}
