import { atOnceAsInstalled, openWithQueue } from "../contenders/filezilla/filezilla.ts";
import type { QueuedFile } from "../contenders/filezilla/queueFile.ts";

/** Case I for FileZilla: a start with a queue of very many files. */
export type FilezillaQueueFigures = {
  readonly rows: number;
  /** From the start of the program until it has read its queue. Milliseconds. */
  readonly filezillaReopenMs: number;
  readonly filezillaReopenMebibytes: number;
};

const filesPerFolder = 10_000;

/** Nothing is transferred, so there need be no server. Rejects where FileZilla cannot be had. */
export function measureFilezillaQueue(rows: number): Promise<FilezillaQueueFigures> {
  const server = { host: "127.0.0.1", port: 21, user: "nobody", password: "none", certificate: null };
  const queue = { direction: "upload", isEncrypted: false, server, files: inventFiles(rows) } as const;
  return openWithQueue(queue, atOnceAsInstalled, async ({ openedMs, countMebibytes }) => {
    return { rows, filezillaReopenMs: openedMs, filezillaReopenMebibytes: await countMebibytes() };
  });
}

function* inventFiles(count: number): Generator<QueuedFile> {
  for (let file = 0; file < count; file++) {
    const folder = `/files/folder ${String(Math.floor(file / filesPerFolder)).padStart(4, "0")}`;
    yield { name: `file ${file}.txt`, localFolder: folder, remoteFolder: folder };
  }
}
