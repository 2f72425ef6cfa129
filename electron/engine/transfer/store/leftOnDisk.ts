import * as z from "zod/mini";
import type { TransferRow } from "../transferRow.ts";
import { readRows } from "./readRows.ts";
import type { QueueStatements } from "./statements.ts";

/** What transfers have left on the disks, and what they still need there. */
export function openLeftOnDisk(sql: QueueStatements) {
  return {
    /** Rows with an unfinished download on the disk, out of `ids`. */
    rowsWithPart(ids: readonly number[]): TransferRow[] {
      return readRows(sql.rowsWithPart.all(JSON.stringify(ids)));
    },

    /** Cancelled rows whose unfinished download is still there: Portside was killed between the two. */
    abandonedParts(): TransferRow[] {
      return readRows(sql.abandonedParts.all());
    },

    /** The unfinished download is gone: the next try begins at the beginning. */
    forgetParts(ids: readonly number[]): void {
      sql.forgetParts.run(JSON.stringify(ids));
    },

    /** What uploads of `ids` that have not been made read from. */
    unsentSources(ids: readonly number[]): readonly { readonly folder: string; readonly name: string }[] {
      return sourcesSchema.parse(sql.unsentSources.all(JSON.stringify(ids)));
    },

    /** True while an upload that has not been made reads from this local folder or below it. */
    readsBelow(folder: string): boolean {
      return sql.readsBelow.get(folder) !== undefined;
    },
  };
}

const sourcesSchema = z.array(z.object({ folder: z.string(), name: z.string() }));
