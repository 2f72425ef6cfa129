import { stat } from "node:fs/promises";
import type { CheckResult, EvidenceLevel, LaterCheck } from "../../../../shared/models/evidence.ts";
import { joinRemote } from "../../../../shared/models/remotePath.ts";
import { systemCodeOf, toLocalError } from "../../local/localErrors.ts";
import { localPathIn } from "../../local/partialFile.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { ReceiptRow } from "../store/receiptStore.ts";
import type { Digests } from "./digests.ts";
import { finishDigest, withOwnFile } from "./ownDigest.ts";
import { readBackSha256 } from "./readBack.ts";

export type Finding = Pick<LaterCheck, "result" | "level">;

/** Looks at the file on our disk again. Rejects with AppError when it cannot be read. */
export async function verifyOnDisk(receipt: ReceiptRow, digests: Digests, signal: AbortSignal): Promise<Finding> {
  const path = localPathOfReceipt(receipt);
  const found = await stat(path).catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return null;
    throw toLocalError(error, path);
  });
  if (found === null || !found.isFile()) return finding("missing", "size");
  if (found.size !== receipt.size) return finding("differs", "size");
  if (receipt.sha256 === null) return finding("unproved", "size");
  const digest = digests.start({ algorithms: ["SHA-256"], size: receipt.size });
  try {
    const { "SHA-256": sha256 } = await withOwnFile(path, (own) => finishDigest(digest, own, 0, signal));
    return finding(sha256 === receipt.sha256 ? "same" : "differs", "hash");
  } finally {
    digest.drop();
  }
}

/**
 * Looks at the file on the server again: by the checksum the server computes, where one of ours is known in that algorithm, else by
 * reading it. Rejects with AppError when the server lets neither happen.
 */
export async function verifyOnServer(
  receipt: ReceiptRow,
  session: RemoteSession,
  digests: Digests,
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
  const back = await readBackSha256(session, { path, size: receipt.size, digests }, signal);
  return finding(back === receipt.sha256 ? "same" : "differs", "read-back");
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

function finding(result: CheckResult, level: EvidenceLevel): Finding {
  return { result, level };
}
