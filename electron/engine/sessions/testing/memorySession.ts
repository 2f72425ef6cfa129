import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry, EntryType } from "../../../../shared/models/entry.ts";
import { baseNameOfRemote, parentOfRemote } from "../../../../shared/models/remotePath.ts";
import type { Clock } from "../../ports.ts";
import { cancelled } from "../../util/cancel.ts";
import type { OpenSession, OpenSessionOptions, RemoteSession } from "../remoteSession.ts";

/** Options of a session that nothing special is asked of. */
export function plainOptions(label: string, clock: Clock): OpenSessionOptions {
  return {
    label,
    host: "h",
    port: 21,
    encryption: "plain",
    login: { user: "u", password: "p", account: null },
    proxy: null,
    ftpProxy: null,
    sendsHost: false,
    loginCommands: [],
    encoding: "auto",
    timeoutMs: 1_000,
    dataConnections: {
      mode: "automatic",
      fallsBackToActive: false,
      ports: null,
      externalAddress: "",
      allowsForeignAddress: false,
      memory: { recall: () => null, note: () => {} },
    },
    tls: { minVersion: "TLSv1.2", client: null },
    trust: async () => true,
    allowPlain: async () => true,
    log: { status: () => {}, command: () => {}, reply: () => {}, error: () => {}, listing: () => {} },
    clock,
  };
}

type Node = { type: EntryType; size: number; mode: number; modifiedMs: number };

/** A server in memory: a flat map of absolute paths, and sessions that a test can break. */
export type MemoryServer = {
  readonly openSession: OpenSession;
  /** What there is, by path; "/" always. */
  readonly nodes: Map<string, Node>;
  /** Everything asked of the server: "open", "list /a", "rename /a /b", "close". */
  readonly journal: string[];
  /** Called before each operation; what it throws is what the operation does. "die" ends the session at that moment. */
  fault: (operation: string) => undefined | "die" | AppError;
  /** When set, opening a session rejects with it. */
  refuseLogin: AppError | null;
  /** Whether sessions say that they are encrypted. */
  encrypts: boolean;
  /** Whether folders can be removed with all they hold. */
  removesTrees: boolean;
  /** Whether the usual listing tells links from what they lead to; if not, they pass for folders there. */
  showsLinks: boolean;
  /** Entries that the usual listing leaves out. */
  readonly hidden: Set<string>;
  /** Ends all open sessions as a server that hangs up. */
  readonly hangUp: () => void;
  readonly openCount: () => number;
  readonly addFile: (path: string, size?: number) => void;
  readonly addFolder: (path: string) => void;
};

export function createMemoryServer(): MemoryServer {
  const nodes = new Map<string, Node>([["/", newNode("directory")]]);
  const journal: string[] = [];
  const hangUps = new Set<() => void>();

  const server: MemoryServer = {
    nodes,
    journal,
    fault: () => undefined,
    refuseLogin: null,
    encrypts: false,
    removesTrees: false,
    showsLinks: true,
    hidden: new Set(),
    hangUp: () => {
      for (const hangUp of [...hangUps]) hangUp();
    },
    openCount: () => hangUps.size,
    addFile: (path, size = 1) => {
      nodes.set(path, { ...newNode("file"), size });
    },
    addFolder: (path) => {
      nodes.set(path, newNode("directory"));
    },
    openSession: async (options, signal) => {
      await Promise.resolve();
      journal.push("open");
      if (signal.aborted) throw cancelled();
      if (server.refuseLogin) throw server.refuseLogin;
      return newSession(options.label);
    },
  };

  const childrenOf = (path: string) =>
    [...nodes.keys()].filter((each) => each !== "/" && parentOfRemote(each) === path);

  const find = (path: string): Node => {
    const node = nodes.get(path);
    if (!node) throw new AppError("not-found", `550 ${path}: no such file`, { path });
    return node;
  };

  const asListed = (entry: Entry): Entry =>
    entry.type === "symlink" && !server.showsLinks ? { ...entry, type: "directory", linkTarget: null } : entry;

  function newSession(label: string): RemoteSession {
    let isUsable = true;
    let isBusy = false;
    const lostListeners = new Set<() => void>();
    const hangUp = () => {
      isUsable = false;
      hangUps.delete(hangUp);
      for (const lost of [...lostListeners]) lost();
      lostListeners.clear();
    };
    hangUps.add(hangUp);

    const operate = async <T>(name: string, signal: AbortSignal, work: () => T): Promise<T> => {
      if (isBusy) throw new AppError("internal", "Two operations at a time");
      isBusy = true;
      try {
        await Promise.resolve();
        if (signal.aborted) throw cancelled();
        if (!isUsable) throw new AppError("connection-lost", "The session is gone");
        journal.push(name);
        const fault = server.fault(name);
        if (fault === "die") {
          isUsable = false;
          hangUps.delete(hangUp);
          throw new AppError("connection-lost", "The server hung up");
        }
        if (fault) throw fault;
        return work();
      } finally {
        isBusy = false;
      }
    };

    return {
      label,
      security: { encrypted: server.encrypts, dataProtected: false, protocol: null, cipher: null, certificate: null },
      system: "UNIX Type: L8",
      encoding: "UTF-8",
      startFolder: "/",
      get can() {
        const { removesTrees: removeTree, showsLinks: showLinks } = server;
        return {
          resumeDownload: true,
          resumeUpload: true,
          setModified: true,
          checksum: "SHA-256" as const,
          copy: true,
          createLink: true,
          removeTree,
          showLinks,
        };
      },
      get isUsable() {
        return isUsable;
      },
      onLost: (callback) => {
        lostListeners.add(callback);
        return () => lostListeners.delete(callback);
      },
      list: (path, onEntries, signal) =>
        operate(`list ${path}`, signal, () => {
          find(path);
          const paths = childrenOf(path).filter((each) => !server.hidden.has(each));
          const half = Math.ceil(paths.length / 2);
          for (const batch of [paths.slice(0, half), paths.slice(half)]) {
            if (batch.length > 0) onEntries(batch.map((each) => asListed(toEntry(each, find(each)))));
          }
        }),
      listHidden: (path, onEntries, signal) =>
        operate(`listHidden ${path}`, signal, () => {
          onEntries(childrenOf(path).map((each) => toEntry(each, find(each))));
        }),
      stat: (path, signal) =>
        operate(`stat ${path}`, signal, () => {
          const node = nodes.get(path);
          return node ? { type: node.type, size: node.size, modifiedMs: node.modifiedMs } : null;
        }),
      download: () => Promise.reject(new AppError("unsupported-command", "Nothing to download here")),
      upload: () => Promise.reject(new AppError("unsupported-command", "Nothing can be uploaded here")),
      finishUpload: () => Promise.reject(new AppError("unsupported-command", "Nothing can be uploaded here")),
      makeFolder: (path, signal) => operate(`makeFolder ${path}`, signal, () => server.addFolder(path)),
      removeFile: (path, signal) =>
        operate(`removeFile ${path}`, signal, () => {
          if (find(path).type === "directory") throw new AppError("permission-denied", "550 Is a directory", { path });
          nodes.delete(path);
        }),
      removeFolder: (path, signal) =>
        operate(`removeFolder ${path}`, signal, () => {
          if (childrenOf(path).length > 0) throw new AppError("directory-not-empty", "550 Not empty", { path });
          if (find(path).type !== "directory") throw new AppError("not-a-directory", "550 Not a folder", { path });
          nodes.delete(path);
        }),
      removeTree: (path, signal) =>
        operate(`removeTree ${path}`, signal, () => {
          for (const each of [...nodes.keys()]) if (each === path || each.startsWith(`${path}/`)) nodes.delete(each);
        }),
      rename: (path, newPath, signal) =>
        operate(`rename ${path} ${newPath}`, signal, () => {
          for (const each of [...nodes.keys()].filter((key) => key === path || key.startsWith(`${path}/`))) {
            nodes.set(newPath + each.slice(path.length), find(each));
            nodes.delete(each);
          }
        }),
      setPermissions: (path, mode, signal) =>
        operate(`setPermissions ${path}`, signal, () => {
          find(path).mode = mode;
        }),
      setModified: (path, modifiedMs, signal) =>
        operate(`setModified ${path}`, signal, () => {
          find(path).modifiedMs = modifiedMs;
          return true;
        }),
      checksum: (path, signal) =>
        operate(`checksum ${path}`, signal, () => ({
          algorithm: "CRC32",
          value: String(find(path).size).padStart(8, "0"),
        })),
      copy: (path, newPath, signal) =>
        operate(`copy ${path} ${newPath}`, signal, () => void nodes.set(newPath, { ...find(path) })),
      createLink: (target, path, signal) =>
        operate(`createLink ${target} ${path}`, signal, () => void nodes.set(path, newNode("symlink"))),
      freeSpace: (folder, signal) => operate(`freeSpace ${folder}`, signal, () => 1_000_000),
      sendTo: () => Promise.reject(new AppError("unsupported-command", "There is no other server here")),
      command: (line, signal) =>
        operate(`command ${line}`, signal, () => ({ replies: [{ code: 200, text: line }], data: null })),
      offeredCommands: (signal) => operate("offeredCommands", signal, () => ["NOOP", "PWD"]),
      keepAlive: (signal) => operate("keepAlive", signal, () => {}),
      close: async () => {
        isUsable = false;
        hangUps.delete(hangUp);
        journal.push("close");
      },
      toWire: (text) => Buffer.from(text, "utf8").toString("latin1"),
      toText: (wire) => Buffer.from(wire, "latin1").toString("utf8"),
    };
  }

  return server;
}

function newNode(type: EntryType): Node {
  return { type, size: 0, mode: 0o644, modifiedMs: 1_000_000 };
}

function toEntry(path: string, node: Node): Entry {
  const wireName = baseNameOfRemote(path);
  return {
    name: Buffer.from(wireName, "latin1").toString("utf8"),
    wireName,
    type: node.type,
    size: node.type === "file" ? node.size : null,
    modifiedMs: node.modifiedMs,
    modifiedPrecision: "second",
    permissions: null,
    owner: null,
    group: null,
    linkTarget: node.type === "symlink" ? "elsewhere" : null,
  };
}
