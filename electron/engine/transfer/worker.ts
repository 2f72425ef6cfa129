import type { RemoteSession } from "../sessions/remoteSession.ts";
import { downloadFile } from "./downloadFile.ts";
import { downloadWhole } from "./downloadWhole.ts";
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
  const tryParts = { ...parts, onBytesDone };
  const transferFile = async (session: RemoteSession) =>
    row.direction === "upload"
      ? uploadFile(row, session, tryParts, signal)
      : ((await downloadWhole(row, session, tryParts, signal)) ?? downloadFile(row, session, tryParts, signal));
  return withLease(
    parts.lease,
    ({ session }) => transferFile(session),
    () => bytesDone,
    signal,
  );
}
