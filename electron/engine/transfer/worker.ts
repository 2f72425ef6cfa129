import { downloadFile } from "./downloadFile.ts";
import { type Outcome, type TryParts, withLease } from "./transferOutcome.ts";
import type { TransferRow } from "./transferRow.ts";
import { uploadFile } from "./uploadFile.ts";

/** One try of one file, on a session of its own. Never rejects: what went wrong is the outcome. Stops with its signal. */
export function tryTransfer(row: TransferRow, parts: TryParts, signal: AbortSignal): Promise<Outcome> {
  let bytesDone = row.bytesDone;
  const onBytesDone = (count: number) => {
    bytesDone = count;
    parts.onBytesDone(count);
  };
  const transferFile = row.direction === "upload" ? uploadFile : downloadFile;
  return withLease(
    parts.lease,
    ({ session }) => transferFile(row, session, { ...parts, onBytesDone }, signal),
    () => bytesDone,
    signal,
  );
}
