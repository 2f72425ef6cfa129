import type { EngineClient } from "../../shared/contract/contract.ts";
import type { QueueSelection } from "../../shared/contract/queue.ts";
import type { LaterCheck, Receipt, ReceiptFormat, ReceiptSide } from "../../shared/models/evidence.ts";

/** What a user can do with receipts. Each promise rejects with AppError. */
export type ReceiptIntents = {
  /** null: this transfer has none. */
  readonly read: (transferId: number, signal: AbortSignal) => Promise<Receipt | null>;
  /** Those of these transfers that have one. */
  readonly readAll: (transferIds: readonly number[], signal: AbortSignal) => Promise<readonly Receipt[]>;
  readonly verify: (transferId: number, side: ReceiptSide, signal: AbortSignal) => Promise<LaterCheck>;
  /** The whole export as one file. */
  readonly exportAll: (selection: QueueSelection, format: ReceiptFormat, signal: AbortSignal) => Promise<Blob>;
};

const idsAtOnce = 1_000; // the contract's limit

const types = { json: "application/json", csv: "text/csv", sha256: "text/plain" } as const;

export function receiptIntents(engine: EngineClient): ReceiptIntents {
  return {
    read: async (id, signal) => (await engine.call("receipts.read", { ids: [id] }, signal)).receipts[0] ?? null,
    readAll: async (ids, signal) => {
      const found: Receipt[] = [];
      for (let from = 0; from < ids.length; from += idsAtOnce) {
        const step = ids.slice(from, from + idsAtOnce);
        found.push(...(await engine.call("receipts.read", { ids: step }, signal)).receipts);
      }
      return found;
    },
    verify: (id, side, signal) => engine.call("receipts.verify", { id, side }, signal),
    exportAll: async (selection, format, signal) => {
      const pieces: string[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const piece: { readonly text: string; readonly next: number | null } = await engine.call(
          "receipts.export",
          { selection, format, after },
          signal,
        );
        pieces.push(piece.text);
        after = piece.next;
      }
      return new Blob(pieces, { type: types[format] });
    },
  };
}
