import type { EngineApi } from "../../shared/contract/contract.ts";
import { type EvidenceLevel, evidenceLevels, type Receipt } from "../../shared/models/evidence.ts";
import type { Transfer } from "../../shared/models/transfer.ts";

type StageReceipts = Pick<EngineApi, "receipts.read" | "receipts.verify" | "receipts.export">;

/** Receipts of the stage's transfers: each kind of evidence is seen. */
export function stageReceipts(find: (id: number) => Transfer | undefined): StageReceipts {
  const receiptOf = (id: number): Receipt[] => {
    const row = find(id);
    if (row === undefined || row.evidence === null) return [];
    const sha256 = id.toString(16).padStart(8, "0").repeat(8);
    return [
      {
        transferId: id,
        direction: row.direction,
        siteName: row.siteName,
        localPath: row.localPath,
        remotePath: row.remoteDisplayPath,
        size: row.size ?? 0,
        sha256,
        level: row.evidence,
        server: row.evidence === "hash" ? { algorithm: "SHA-256", value: sha256 } : null,
        restarted: id % 3 === 0 ? "overlap-differs" : null,
        atMs: row.finishedMs ?? Date.now(),
        check: row.checked === null ? null : { side: "server", result: row.checked, level: "hash", atMs: Date.now() },
      },
    ];
  };
  return {
    "receipts.read": async ({ ids }) => ({ receipts: ids.flatMap(receiptOf) }),
    "receipts.verify": async ({ side }) => ({ side, result: "same", level: "hash", atMs: Date.now() }),
    "receipts.export": async () => ({ text: "[]\n", next: null }),
  };
}

export function evidenceOf(index: number): EvidenceLevel {
  return evidenceLevels[Math.floor(index / 100) % evidenceLevels.length] ?? "size";
}
