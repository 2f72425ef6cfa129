import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync, truncateSync } from "node:fs";

/**
 * SQLite opens no file that is shorter than its header says. Runs `work` on a copy that was made as long as that with zeros, or, where
 * nothing is missing, on the file itself; the copy goes afterwards.
 */
export function atWholeLength<T>(file: string, work: (file: string) => T): T {
  const length = lengthByHeader(file);
  if (length <= statSync(file).size) return work(file);
  const padded = `${file}.padded`;
  try {
    copyFileSync(file, padded);
    truncateSync(padded, length);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${padded}-wal`);
    return work(padded);
  } finally {
    for (const part of ["", "-wal", "-shm"]) rmSync(padded + part, { force: true });
  }
}

const longest = 64 * 1024 ** 3; // a header that says more is itself damaged; zeros take no room on the disk

/** Bytes; 0 when there is no header. https://www.sqlite.org/fileformat2.html#the_database_header */
function lengthByHeader(file: string): number {
  const header = Buffer.alloc(32);
  const handle = openSync(file, "r");
  try {
    if (readSync(handle, header) < header.length || !header.toString("latin1").startsWith("SQLite format 3\0"))
      return 0;
  } finally {
    closeSync(handle);
  }
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const length = pageSize * header.readUInt32BE(28);
  return length <= longest ? length : 0;
}
