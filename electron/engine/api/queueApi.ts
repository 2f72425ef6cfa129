import type { CommandInput, CommandOutput, EngineApi, StreamItem } from "../../../shared/contract/contract.ts";
import type { QueueSelection } from "../../../shared/contract/queue.ts";

type AddInput = Omit<CommandInput<"queue.add">, "connectionId"> & { readonly siteId: string };
type WindowInput = Parameters<EngineApi["queue.watchWindow"]>[0];

/** The queue as the contract needs it. */
export type QueueUseCases = {
  readonly add: (input: AddInput) => CommandOutput<"queue.add"> | Promise<CommandOutput<"queue.add">>;
  readonly watchWindow: (input: WindowInput, emit: (item: StreamItem<"queue.watchWindow">) => void) => () => void;
  readonly watchSummary: (emit: (item: StreamItem<"queue.watchSummary">) => void) => () => void;
  readonly watchProgress: (emit: (item: StreamItem<"progress.watch">) => void) => () => void;
  readonly setProcessing: (isProcessing: boolean) => void | Promise<void>;
  readonly pause: (selection: QueueSelection) => void | Promise<void>;
  readonly resume: (selection: QueueSelection) => void | Promise<void>;
  readonly cancel: (selection: QueueSelection) => void | Promise<void>;
  readonly retry: (selection: QueueSelection) => void | Promise<void>;
  readonly remove: (selection: QueueSelection) => void | Promise<void>;
};

export type QueueApiParts = {
  readonly queue: QueueUseCases;
  readonly siteOf: (connectionId: string) => string;
  /** Told before the user retries: what a server refused may be tried once more. */
  readonly forgiveRejections: () => void;
};

type Names = Extract<keyof EngineApi, `queue.${string}` | `progress.${string}`>;

export function createQueueApi({ queue, siteOf, forgiveRejections }: QueueApiParts): Pick<EngineApi, Names> {
  return {
    "queue.add": async ({ connectionId, ...drop }) => queue.add({ ...drop, siteId: siteOf(connectionId) }),
    "queue.watchWindow": (input, emit) => queue.watchWindow(input, emit),
    "queue.watchSummary": (_, emit) => queue.watchSummary(emit),
    "progress.watch": (_, emit) => queue.watchProgress(emit),
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
    "queue.remove": async (selection) => {
      await queue.remove(selection);
      return {};
    },
  };
}
