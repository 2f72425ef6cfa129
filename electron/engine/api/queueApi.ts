import type { EngineApi } from "../../../shared/contract/contract.ts";
import type { TransferQueue } from "../transfer/createTransferQueue.ts";

export type QueueApiParts = {
  readonly queue: TransferQueue;
  readonly siteOf: (connectionId: string) => string;
  /** Told before the user retries: what a server refused may be tried once more. */
  readonly forgiveRejections: () => void;
};

type Names = Extract<
  keyof EngineApi,
  `queue.${string}` | `plans.${string}` | `receipts.${string}` | `progress.${string}`
>;

export function createQueueApi({ queue, siteOf, forgiveRejections }: QueueApiParts): Pick<EngineApi, Names> {
  return {
    "queue.add": async ({ connectionId, ...drop }) => queue.add({ ...drop, siteId: siteOf(connectionId) }),
    "queue.watchWindow": (input, emit) => queue.watchWindow(input, emit),
    "queue.watchBatches": (input, emit) => queue.watchBatches(input, emit),
    "queue.watchSummary": (_, emit) => queue.watchSummary(emit),
    "progress.watch": (_, emit) => queue.watchProgress(emit),
    "receipts.read": async ({ ids }) => ({ receipts: queue.receipts.read(ids) }),
    "receipts.verify": ({ id, side }, signal) => queue.receipts.verify(id, side, signal),
    "receipts.export": async ({ selection, format, after }) => queue.receipts.exportFrom(selection, format, after),
    "queue.setProcessing": async ({ isProcessing }) => {
      await queue.setProcessing(isProcessing);
      return {};
    },
    "queue.pause": async (selection) => {
      await queue.pause(selection);
      return {};
    },
    "queue.resume": async (selection) => {
      forgiveRejections();
      await queue.resume(selection);
      return {};
    },
    "queue.cancel": async (selection) => {
      await queue.cancel(selection);
      return {};
    },
    "queue.retry": async (selection) => {
      forgiveRejections();
      await queue.retry(selection);
      return {};
    },
    "queue.tryNow": async () => {
      queue.tryNow();
      return {};
    },
    "queue.remove": async (selection) => {
      await queue.remove(selection);
      return {};
    },
    "queue.setPriority": async ({ selection, change }) => {
      await queue.setPriority(selection, change);
      return {};
    },
    "queue.move": async ({ selection, target }) => {
      await queue.move(selection, target);
      return {};
    },
    "queue.startAt": async ({ batchId, atMs }) => {
      await queue.startAt(batchId, atMs);
      return {};
    },
    "plans.watch": ({ batchId }, emit) => queue.watchPlan(batchId, emit),
    "plans.watchWindow": (range, emit) => queue.watchPlanWindow(range, emit),
    "plans.choose": async ({ batchId, rows, choice }) => {
      await queue.plans.choose(batchId, rows, choice);
      return {};
    },
    "plans.start": async ({ batchId }) => {
      forgiveRejections();
      await queue.plans.start(batchId);
      return {};
    },
    "plans.discard": async ({ batchId }) => {
      await queue.plans.discard(batchId);
      return {};
    },
    "queue.watchHolds": (_, emit) => queue.watchHolds(emit),
    "queue.watchEnds": (_, emit) => queue.watchEnds(emit),
  };
}
