import type { Mended } from "../../../shared/models/mended.ts";
import { type MendOptions, mendDatabase } from "./mendDatabase.ts";

export type DatabaseFile = Omit<MendOptions, "nowMs"> & {
  readonly what: Mended["what"];
  readonly file: string;
  readonly migrations: readonly string[];
};

/** Mends what is damaged among Portside's databases, before any of them is opened. Rejects as `mendDatabase` does. */
export function mendDatabases(nowMs: number, files: readonly DatabaseFile[]): readonly Mended[] {
  return files.flatMap(({ what, file, migrations, ...options }) => {
    const mended = mendDatabase(file, migrations, { ...options, nowMs });
    return mended === null ? [] : { what, ...mended };
  });
}
