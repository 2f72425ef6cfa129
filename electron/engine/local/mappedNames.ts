import type { DatabaseSync } from "node:sqlite";
import { isRemoteName } from "../../../shared/models/remotePath.ts";

/**
 * Which local files have another name than on their server, because this disk could not take it or took two for one. What is uploaded
 * from such a path gets its own name back. A look-alike alone would not tell: people write "：" themselves.
 */
export type MappedNames = {
  /** A download to `localPath` is called `remoteName` on its server. */
  readonly note: (localPath: string, remoteName: string) => void;
  /** The server's name for what lies at `localPath`; null: the same. */
  readonly recall: (localPath: string) => string | null;
};

const mostNames = 100_000; // some 20 MiB; the oldest ones go first

export function createMappedNames(db: DatabaseSync): MappedNames {
  const insert = db.prepare("INSERT OR REPLACE INTO mapped_names (local_path, remote_name) VALUES (?, ?)");
  const select = db.prepare("SELECT remote_name AS remoteName FROM mapped_names WHERE local_path = ?");
  const shorten = db.prepare("DELETE FROM mapped_names WHERE id <= (SELECT max(id) FROM mapped_names) - ?");
  return {
    note: (localPath, remoteName) => {
      if (!isRemoteName(remoteName)) return; // it could not be asked for again
      insert.run(localPath, remoteName);
      shorten.run(mostNames);
    },
    recall: (localPath) => {
      const remoteName = select.get(localPath)?.remoteName;
      return typeof remoteName === "string" ? remoteName : null;
    },
  };
}
