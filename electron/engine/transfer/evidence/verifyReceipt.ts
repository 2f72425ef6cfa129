import { stat } from "node:fs/promises";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { CheckResult, EvidenceLevel, LaterCheck } from "../../../../shared/models/evidence.ts";
import { joinRemote } from "../../../../shared/models/remotePath.ts";
import { systemCodeOf, toLocalError } from "../../local/localErrors.ts";
import { localPathIn } from "../../local/partialFile.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { ReceiptRow } from "../store/receiptStore.ts";
import { addRest, startDigest, withOwnFile } from "./ownDigest.ts";

export type Finding = Pick<LaterCheck, "result" | "level">;

/** Looks at the file on our disk again. Rejects with AppError when it cannot be read. */
export async function verifyOnDisk(receipt: ReceiptRow, signal: AbortSignal): Promise<Finding> {
  const path = localPathOfReceipt(receipt);
  const found = await stat(path).catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return null;
    throw toLocalError(error, path);
  });
  if (found === null || !found.isFile()) return finding("missing", "size");
  if (found.size !== receipt.size) return finding("differs", "size");
  if (receipt.sha256 === null) return finding("unproved", "size");
  const digest = startDigest();
  await withOwnFile(path, (own) => addRest(digest, own, 0, signal));
  const { "SHA-256": sha256 } = digest.result();
  return finding(sha256 === receipt.sha256 ? "same" : "differs", "hash");
}

/**
 * Looks at the file on the server again: by the checksum the server computes, where one of ours is known in that algorithm, else by
 * reading it. Rejects with AppError when the server lets neither happen.
 */
export async function verifyOnServer(
  receipt: ReceiptRow,
  session: RemoteSession,
  signal: AbortSignal,
): Promise<Finding> {
  const path = remotePathOfReceipt(receipt);
  const found = await session.stat(path, signal);
  if (found === null || found.type === "directory") return finding("missing", "size");
  if (receipt.sha256 === null) return finding("unproved", "word"); // text: its size there is its own
  if (found.size !== null && found.size !== receipt.size) return finding("differs", "size");
  const { checksum } = session.can;
  const known =
    checksum === "SHA-256" ? receipt.sha256 : checksum === receipt.serverAlgorithm ? receipt.serverValue : null;
  if (checksum !== null && known !== null) {
    const server = await session.checksum(path, signal);
    return finding(server.value === known ? "same" : "differs", "hash");
  }
  return finding(
    (await readBack(session, path, receipt.size, signal)) === receipt.sha256 ? "same" : "differs",
    "read-back",
  );
}

export function localPathOfReceipt({
  direction,
  sourceFolder,
  sourceName,
  targetFolder,
  targetName,
}: ReceiptRow): string {
  return direction === "upload" ? localPathIn(sourceFolder, sourceName) : localPathIn(targetFolder, targetName);
}

export function remotePathOfReceipt({
  direction,
  sourceFolder,
  sourceName,
  targetFolder,
  targetName,
}: ReceiptRow): string {
  return direction === "upload" ? joinRemote(targetFolder, targetName) : joinRemote(sourceFolder, sourceName);
}

async function readBack(session: RemoteSession, path: string, size: number, signal: AbortSignal) {
  const digest = startDigest();
  const sink = { write: async (bytes: Uint8Array) => digest.add(bytes) };
  try {
    await session.download({ path, offset: 0, size, sink, onBytes: () => {} }, signal);
  } catch (error) {
    if (error instanceof AppError && error.kind === "incomplete") return null;
    throw error;
  }
  return digest.result()["SHA-256"];
}

function finding(result: CheckResult, level: EvidenceLevel): Finding {
  return { result, level };
}
