import type { RemoteSession } from "../sessions/remoteSession.ts";
import { downloadFile } from "./download/downloadFile.ts";
import { downloadWhole } from "./download/downloadWhole.ts";
import { readyFolder } from "./plan/plannedFolder.ts";
import { type Outcome, type TryParts, withLease } from "./transferOutcome.ts";
import type { TransferRow } from "./transferRow.ts";
import { uploadFile } from "./upload/uploadFile.ts";
import { uploadIntoFolder } from "./upload/uploadFolder.ts";

/** One try of one file, on a session of its own. Never rejects: what went wrong is the outcome. Stops with its signal. */
export function tryTransfer(row: TransferRow, parts: TryParts, signal: AbortSignal): Promise<Outcome> {
  let bytesDone = row.bytesDone;
  const onBytesDone = (count: number) => {
    bytesDone = count;
    parts.onBytesDone(count);
  };
  const tryParts = { ...parts, onBytesDone };
  const transferFile = async (session: RemoteSession) => {
    if (row.inNewFolder) await readyFolder(row, row.targetFolder, session, parts, signal);
    return row.direction === "upload"
      ? uploadIntoFolder(
          row.targetFolder,
          session,
          parts.targets,
          () => uploadFile(row, session, tryParts, signal),
          signal,
        )
      : ((await downloadWhole(row, session, tryParts, signal)) ?? downloadFile(row, session, tryParts, signal));
  };
  parts.digests.prepare(row.size);
  return withLease(
    parts.lease,
    ({ session }) => transferFile(session),
    () => bytesDone,
    signal,
  );
}
