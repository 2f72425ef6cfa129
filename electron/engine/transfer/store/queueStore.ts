import type { ConflictAction } from "../../../../shared/models/prompt.ts";
import { inTransaction, openDatabase } from "../../db/openDatabase.ts";
import { openArrivals } from "./arrivals.ts";
import { openBatchStore } from "./batchStore.ts";
import { openExchangeStore } from "./exchangeStore.ts";
import { openLeftOnDisk } from "./leftOnDisk.ts";
import { openPlanStore } from "./planStore.ts";
import { openQueueHolds } from "./queueHolds.ts";
import { openQueueOrder } from "./queueOrder.ts";
import { queueMigrations } from "./queueSchema.ts";
import { createReceiptStore } from "./receiptStore.ts";
import { openRowLife } from "./rowLife.ts";
import { openRowLooks } from "./rowLooks.ts";
import { keepStatements, prepareQueueStatements } from "./statements.ts";

export type QueueStore = ReturnType<typeof openQueueStore>;

/**
 * The queue's rows and the only SQL about them. Each call is one committed transaction. WAL with synchronous=NORMAL: a killed process
 * loses nothing; a power cut may lose the last commits, never the order of them, and a row that forgot its last step does it again.
 */
export function openQueueStore(file: string) {
  const db = openDatabase(file, queueMigrations);
  const sql = prepareQueueStatements(db);
  const statementFor = keepStatements(db);

  return {
    ...openArrivals(db, sql),
    ...openRowLife(sql, statementFor),
    ...openRowLooks(sql, statementFor),
    ...openLeftOnDisk(sql),
    ...openBatchStore(db),
    /** What leaves and enters in files. */
    exchange: openExchangeStore(db),
    order: openQueueOrder(db),
    holds: openQueueHolds(db),
    plans: openPlanStore(db),
    receipts: createReceiptStore(db),

    /** Several changes as one commit: half the cost for small files. What they allow may begin once it has returned. */
    together<T>(changes: () => T): T {
      return inTransaction(db, changes);
    },

    setBatchRule(batchId: number, rule: ConflictAction): void {
      sql.setBatchRule.run(rule, batchId);
    },

    /** Forgets places and batches without transfers. */
    tidy(): void {
      inTransaction(db, () => {
        sql.deleteEmptyPlaces.run();
        sql.deleteEmptyBatches.run();
      });
    },

    isProcessing(): boolean {
      return sql.getFlag.get("processing")?.value !== 0;
    },

    setProcessing(isProcessing: boolean): void {
      sql.setFlag.run("processing", isProcessing ? 1 : 0);
    },

    close(): void {
      db.close();
    },
  };
}
