import { DatabaseSync } from "node:sqlite";
import { writeFlags } from "../../../../electron/engine/exchange/filezilla/flags.ts";
import { writeAction } from "../../../../electron/engine/exchange/filezilla/overwriteActions.ts";
import { writeSafePath } from "../../../../electron/engine/exchange/filezilla/safePath.ts";
import type { Address, Job } from "../contender.ts";

/** A file as FileZilla's queue has it: the same name on both sides, folders as each side writes them. */
export type QueuedFile = {
  readonly name: string;
  readonly localFolder: string;
  readonly remoteFolder: string;
};

export type FilezillaQueue = Pick<Job, "direction" | "isEncrypted"> & {
  readonly server: Address;
  readonly files: Iterable<QueuedFile>;
};

/** Writes the file in which FileZilla 3.63 keeps its queue between runs. What is there already is replaced, so that it never asks. */
export function writeQueueFile(path: string, { direction, isEncrypted, server, files }: FilezillaQueue): void {
  const db = new DatabaseSync(path);
  try {
    db.exec(schema);
    db.exec("BEGIN");
    const { host, port, user, password } = server;
    db.prepare(addServer).run(host, port, user, password, isEncrypted ? protocols.tlsRequired : protocols.plain);
    const localPaths = internPaths(db, "local_paths");
    const remotePaths = internPaths(db, "remote_paths");
    const add = db.prepare(addFile);
    const flags = writeFlags({ direction, isText: false });
    for (const { name, localFolder, remoteFolder } of files) {
      const local = localPaths(`${localFolder}/`);
      const remote = remotePaths(writeSafePath(remoteFolder, "code-points"));
      add.run(name, local, remote, flags, writeAction("overwrite"));
    }
    db.exec("COMMIT");
  } finally {
    db.close();
  }
}

const schemaVersion = 7; // FileZilla leaves a queue of another version alone
const protocols = { tlsRequired: 4, plain: 6 };

const schema = `
  PRAGMA encoding = "UTF-16le";
  PRAGMA user_version = ${schemaVersion};
  CREATE TABLE servers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT, port INTEGER, user TEXT, password TEXT, account TEXT, keyfile TEXT,
    protocol INTEGER, type INTEGER, logontype INTEGER, timezone_offset INTEGER, transfer_mode TEXT, max_connections INTEGER,
    encoding TEXT, bypass_proxy INTEGER, post_login_commands TEXT, name TEXT, parameters TEXT, site_path TEXT
  );
  CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, server INTEGER, source_file TEXT, target_file TEXT, local_path INTEGER,
    remote_path INTEGER, size INTEGER, error_count INTEGER, priority INTEGER, flags INTEGER, default_exists_action INTEGER,
    extra_flags TEXT
  );
  CREATE TABLE local_paths (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT UNIQUE);
  CREATE TABLE remote_paths (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT UNIQUE);
`;

/** A login with a name and a password (1), everything else as FileZilla has it by default. */
const addServer = `
  INSERT INTO servers (id, host, port, user, password, protocol, type, logontype, timezone_offset, transfer_mode, max_connections,
    encoding, bypass_proxy)
  VALUES (1, ?, ?, ?, ?, ?, 0, 1, 0, 'default', 0, 'Auto', 0)
`;

/** Priority 2 is "normal". */
const addFile = `
  INSERT INTO files (server, source_file, local_path, remote_path, error_count, priority, flags, default_exists_action)
  VALUES (1, ?, ?, ?, 0, 2, ?, ?)
`;

/** Each path is kept once; files refer to it. */
function internPaths(db: DatabaseSync, table: "local_paths" | "remote_paths"): (path: string) => number {
  const ids = new Map<string, number>();
  const add = db.prepare(`INSERT INTO ${table} (id, path) VALUES (?, ?)`);
  return (path) => {
    const known = ids.get(path);
    if (known !== undefined) return known;
    const id = ids.size + 1;
    add.run(id, path);
    ids.set(path, id);
    return id;
  };
}
