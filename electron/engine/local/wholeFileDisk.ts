import { Worker } from "node:worker_threads";
import { fromWireError, type WireError } from "../../../shared/errors/appError.ts";
import type { Arrival, Departure, FreePlace, TargetName } from "./wholeFiles.ts";

/** Small files on the local disk, each in one go and off the engine's own thread (wholeFiles.ts). Rejects with AppError. */
export type WholeFileDisk = {
  /** Begins to start the thread. False until that is done, and when it has died: the rest then answers what sends files the long way. */
  readonly isUp: () => boolean;
  readonly findFreePlace: (target: TargetName) => Promise<FreePlace>;
  readonly put: (arrival: Arrival) => Promise<boolean>;
  readonly take: (path: string) => Promise<Departure>;
  /** Ends the thread, once nobody waits for it. */
  readonly close: () => Promise<void>;
};

/** What the thread is asked, and what it answers; both travel in batches. */
export type DiskTask =
  | { readonly do: "findFreePlace"; readonly target: TargetName }
  | { readonly do: "put"; readonly arrival: Arrival }
  | { readonly do: "take"; readonly path: string };
export type DiskAnswer = { readonly result: FreePlace | boolean | Departure } | { readonly error: WireError };

type Results = { readonly findFreePlace: FreePlace; readonly put: boolean; readonly take: Departure };

type Waiting = { readonly task: DiskTask; readonly settle: (answer: DiskAnswer) => void };

/**
 * What is asked in one turn of the event loop, and while the thread is at work, travels as one message: a wake-up of the thread costs more
 * than a small file. It is started by the first question; until it is up, and where none can be had, nothing is free and nothing can be taken: files go the long way.
 */
export function openWholeFileDisk(threadUrl: URL = besideThisFile): WholeFileDisk {
  let thread: Worker | null = null;
  let isUp = false;
  let collecting: Waiting[] = [];
  let sent: Waiting[] = [];

  function ask<K extends keyof Results>(task: DiskTask & { readonly do: K }, otherwise: Results[K]) {
    thread ??= start();
    if (!isUp) return Promise.resolve(otherwise);
    return new Promise<Results[K]>((resolve, reject) => {
      const settle = (answer: DiskAnswer) => {
        if ("error" in answer) reject(fromWireError(answer.error));
        else resolve(answer.result as Results[K]); // the thread answers each task with a result of its kind
      };
      collecting.push({ task, settle });
      if (collecting.length === 1 && sent.length === 0) setImmediate(send);
    });
  }

  function send(): void {
    sent = collecting;
    collecting = [];
    if (sent.length > 0) thread?.postMessage(sent.map(({ task }) => task));
  }

  function start(): Worker {
    const started = new Worker(threadUrl).on("error", (error) => end(`The disk thread has ended: ${error.message}`));
    started.once("message", () => {
      isUp = true;
      started.on("message", take);
    });
    return started;
  }

  function take(answers: readonly DiskAnswer[]): void {
    const answered = sent;
    send();
    for (const [index, { settle }] of answered.entries()) settle(answers[index] ?? { error: unanswered });
  }

  function end(message: string): void {
    isUp = false;
    const left = [...sent, ...collecting];
    sent = [];
    collecting = [];
    for (const { settle } of left) settle({ error: { ...unanswered, message } });
  }

  return {
    isUp: () => {
      thread ??= start();
      return isUp;
    },
    findFreePlace: (target) => ask({ do: "findFreePlace", target }, { isFree: false, partName: "" }),
    put: (arrival) => ask({ do: "put", arrival }, false),
    take: (path) => ask({ do: "take", path }, null),
    close: async () => {
      end("The disk is no longer used");
      await thread?.terminate();
    },
  };
}

const unanswered: WireError = { kind: "local-busy", message: "The disk thread has not answered" };

/** Beside this file: as source where sources run, as a bundle of its own in what ships (build/bundle.ts). */
const besideThisFile = new URL(
  import.meta.url.endsWith(".ts") ? "./diskThread.ts" : "./disk-thread.js",
  import.meta.url,
);
