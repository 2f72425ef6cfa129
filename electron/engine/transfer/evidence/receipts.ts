import type { QueueSelection } from "../../../../shared/contract/queue.ts";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { LaterCheck, Receipt, ReceiptFormat, ReceiptSide } from "../../../../shared/models/evidence.ts";
import type { LeaseSession } from "../../sessions/lease.ts";
import type { ReceiptRow, ReceiptStore } from "../store/receiptStore.ts";
import type { Digests } from "./digests.ts";
import { frameOf, writeReceipt } from "./receiptText.ts";
import { localPathOfReceipt, remotePathOfReceipt, verifyOnDisk, verifyOnServer } from "./verifyReceipt.ts";

export type ReceiptParts = {
  readonly store: ReceiptStore;
  readonly lease: LeaseSession;
  readonly digests: Digests;
  readonly now: () => number;
  readonly siteName: (siteId: string) => string;
  readonly displayPath: (siteId: string, wirePath: string) => string;
  readonly onChanged: () => void;
};

/** What users do with receipts: read them, look again, take them away. */
export type Receipts = {
  readonly read: (ids: readonly number[]) => Receipt[];
  /** Rejects with `not-found` when the transfer has no receipt, and with what keeps the file from being looked at. */
  readonly verify: (id: number, side: ReceiptSide, signal: AbortSignal) => Promise<LaterCheck>;
  /** A piece of an export: the receipts behind `after`. Put together, the pieces are the file. */
  readonly exportFrom: (
    selection: QueueSelection,
    format: ReceiptFormat,
    after: number,
  ) => { readonly text: string; readonly next: number | null };
};

const receiptsAtOnce = 1_000;

export function createReceipts({
  store,
  lease,
  digests,
  now,
  siteName,
  displayPath,
  onChanged,
}: ReceiptParts): Receipts {
  const asReceipt = (row: ReceiptRow): Receipt => ({
    transferId: row.id,
    direction: row.direction,
    siteName: siteName(row.siteId),
    localPath: localPathOfReceipt(row),
    remotePath: displayPath(row.siteId, remotePathOfReceipt(row)),
    size: row.size,
    sha256: row.sha256,
    level: row.level,
    server:
      row.serverAlgorithm === null || row.serverValue === null
        ? null
        : { algorithm: row.serverAlgorithm, value: row.serverValue },
    restarted: row.restarted,
    atMs: row.atMs,
    check: checkOf(row),
  });

  async function verify(id: number, side: ReceiptSide, signal: AbortSignal): Promise<LaterCheck> {
    const [row] = store.read([id]);
    if (row === undefined) throw new AppError("not-found", "This transfer has no receipt");
    const check: LaterCheck = { side, ...(await look(row, side, signal)), atMs: now() };
    store.noteCheck(id, check);
    onChanged();
    return check;
  }

  async function look(row: ReceiptRow, side: ReceiptSide, signal: AbortSignal) {
    if (side === "disk") return verifyOnDisk(row, digests, signal);
    const held = await lease(row.siteId, signal);
    try {
      return await verifyOnServer(row, held.session, digests, signal);
    } finally {
      held.release();
    }
  }

  return {
    read: (ids) => store.read(ids).map(asReceipt),
    verify,
    exportFrom: (selection, format, after) => {
      const ids = "ids" in selection ? selection.ids : null;
      const { rows, next } = store.page(ids, after, receiptsAtOnce);
      const { head, between, tail } = frameOf(format);
      const lines = rows.flatMap((row) => writeReceipt(asReceipt(row), format) ?? []);
      const begin = after === 0 ? head : lines.length > 0 ? between : "";
      return { text: begin + lines.join(between) + (next === null ? tail : ""), next };
    },
  };
}

function checkOf({ checkSide, checkResult, checkLevel, checkMs }: ReceiptRow): LaterCheck | null {
  if (checkSide === null || checkResult === null || checkLevel === null || checkMs === null) return null;
  return { side: checkSide, result: checkResult, level: checkLevel, atMs: checkMs };
}
