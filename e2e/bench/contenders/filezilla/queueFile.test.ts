import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FilezillaQueue, writeQueueFile } from "./queueFile.ts";

const server = { host: "127.0.0.1", port: 2121, user: "alice", password: "p@ss", certificate: null };
const queue: FilezillaQueue = {
  direction: "download",
  isEncrypted: false,
  server,
  files: [
    { name: "a.bin", localFolder: "/home/alice", remoteFolder: "/data/käse 1" },
    { name: "b.txt", localFolder: "/home/alice", remoteFolder: "/data" },
    { name: "c.txt", localFolder: "/home/alice/deep", remoteFolder: "/data" },
  ],
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-queue-file-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test("files stand in the queue with both of their folders, to be replaced where they exist", () => {
  const files = read(queue, "files");
  expect(files.map(({ source_file }) => source_file)).toEqual(["a.bin", "b.txt", "c.txt"]);
  expect(files.map(({ server: id, flags, default_exists_action }) => [id, flags, default_exists_action])).toEqual(
    Array(3).fill([1, 0x10, 1]),
  );
  expect(files.map(({ local_path, remote_path }) => [local_path, remote_path])).toEqual([
    [1, 1],
    [1, 2],
    [2, 2],
  ]);
});

test("local folders end with a separator, remote ones count the characters of each name", () => {
  expect(read(queue, "local_paths")).toEqual([
    { id: 1, path: "/home/alice/" },
    { id: 2, path: "/home/alice/deep/" },
  ]);
  expect(read(queue, "remote_paths")).toEqual([
    { id: 1, path: "1 0 4 data 6 käse 1" },
    { id: 2, path: "1 0 4 data" },
  ]);
});

test("an upload over TLS is no download, and its server is spoken to in TLS alone", () => {
  const upload: FilezillaQueue = { ...queue, direction: "upload", isEncrypted: true };
  expect(read(upload, "files").map(({ flags }) => flags)).toEqual([0, 0, 0]);
  expect(read(upload, "servers")).toMatchObject([{ ...filezillaServer, protocol: 4 }]);
});

test("without TLS FileZilla is told not to try it", () => {
  expect(read(queue, "servers")).toMatchObject([{ ...filezillaServer, protocol: 6 }]);
});

test("the file is of the version and the encoding that FileZilla 3.63 takes", () => {
  expect(read(queue, "pragma_user_version")).toEqual([{ user_version: 7 }]);
  expect(read(queue, "pragma_encoding")).toEqual([{ encoding: "UTF-16le" }]);
});

const filezillaServer = { host: "127.0.0.1", port: 2121, user: "alice", password: "p@ss", logontype: 1 };

let written = 0;

function read(one: FilezillaQueue, table: string): Record<string, unknown>[] {
  const path = join(folder, `${written++}.sqlite3`);
  writeQueueFile(path, one);
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    db.close();
  }
}
