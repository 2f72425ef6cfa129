import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ChecksumAlgorithm } from "../../../../shared/models/checksum.ts";
import { type OwnDigest, startSums } from "./sums.ts";

/** Checksums of bytes as they pass: in place for small files, for others on a thread beside the engine's own. */
export type Digests = {
  readonly start: (wanted: WantedDigest) => RunningDigest;
  /** So many bytes will soon begin to pass; null: unknown. Starts the first thread where they will want one: that takes as long as a login. */
  readonly prepare: (size: number | null) => void;
  /** Ends the threads. What still runs ends without a result. */
  readonly close: () => Promise<void>;
};

export type WantedDigest = {
  readonly algorithms: readonly ChecksumAlgorithm[];
  /** Bytes that will pass; null: unknown. */
  readonly size: number | null;
};

export type RunningDigest = {
  readonly algorithms: readonly ChecksumAlgorithm[];
  /**
   * The next bytes, in order from the first of the file on. They have to stay as they are until it resolves; null: they are used up. Never
   * rejects. Whoever waits for it keeps the thread from being flooded.
   */
  readonly add: (bytes: Uint8Array) => Promise<void> | null;
  /** Ends it. null: its thread has died, and took with it what it knew. */
  readonly result: () => Promise<OwnDigest | null>;
  /** Nobody wants the result. Nothing happens when it has ended already. */
  readonly drop: () => void;
};

/** What a thread is asked. It answers each task with a digest or null, in order. */
export type DigestTask =
  | { readonly do: "start"; readonly id: number; readonly algorithms: readonly ChecksumAlgorithm[] }
  | { readonly do: "add"; readonly id: number; readonly bytes: Uint8Array }
  | { readonly do: "end" | "drop"; readonly id: number };

export type DigestOptions = { readonly threadUrl?: URL; readonly mostThreads?: number };

const worthThreadBytes = 8 * 1024 * 1024; // below, hashing in place is done in less time than a thread takes to start
const enoughThreads = 4; // each hashes more than ten gigabits a second where the processor has instructions for it

/** A thread is started when there is something to hash for it, and gets the digests of several files once there are enough threads. */
export function openDigests({
  threadUrl = besideThisFile,
  mostThreads = Math.min(availableParallelism(), enoughThreads),
}: DigestOptions = {}): Digests {
  let threads: DigestThread[] = [];
  let isClosed = false;

  function chooseThread(): DigestThread {
    threads = threads.filter((thread) => !thread.hasDied());
    const [calmest] = threads.toSorted((a, b) => a.running() - b.running());
    if (calmest !== undefined && (calmest.running() === 0 || threads.length >= mostThreads)) return calmest;
    const thread = startThread(threadUrl);
    threads.push(thread);
    return thread;
  }

  const isWorthThread = (size: number | null) => !isClosed && (size === null || size >= worthThreadBytes);

  return {
    start: ({ algorithms, size }) =>
      isWorthThread(size) ? startOn(chooseThread, algorithms) : startInPlace(algorithms),
    prepare: (size) => {
      if (isWorthThread(size)) chooseThread();
    },
    close: async () => {
      isClosed = true;
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

type DigestInPlace = Omit<RunningDigest, "result"> & { readonly result: () => Promise<OwnDigest> };

/** On the engine's own thread: every piece is used up at once. */
export function startInPlace(algorithms: readonly ChecksumAlgorithm[]): DigestInPlace {
  const sums = startSums(algorithms);
  return {
    algorithms,
    add: (bytes) => {
      sums.add(bytes);
      return null;
    },
    result: async () => sums.result(),
    drop: () => {},
  };
}

type DigestThread = {
  /** Resolves to the answer; null when the thread has died. */
  readonly ask: (task: DigestTask) => Promise<OwnDigest | null>;
  /** How many digests it has begun and not ended. */
  readonly running: () => number;
  readonly hasDied: () => boolean;
  readonly close: () => Promise<void>;
};

let lastId = 0;

function startOn(chooseThread: () => DigestThread, algorithms: readonly ChecksumAlgorithm[]): RunningDigest {
  const id = ++lastId;
  let thread: DigestThread | null = null;
  let hasEnded = false;

  /** Not before there is something to hash: many a try ends before its first byte. */
  function begin(): DigestThread {
    const chosen = chooseThread();
    void chosen.ask({ do: "start", id, algorithms });
    return chosen;
  }

  return {
    algorithms,
    add: (bytes) => {
      if (hasEnded) return null;
      thread ??= begin();
      return thread.ask({ do: "add", id, bytes }).then(() => {});
    },
    result: () => {
      hasEnded = true;
      thread ??= begin();
      return thread.ask({ do: "end", id });
    },
    drop: () => {
      if (!hasEnded) void thread?.ask({ do: "drop", id });
      hasEnded = true;
    },
  };
}

function startThread(url: URL): DigestThread {
  const worker = new Worker(url, { resourceLimits: smallHeap });
  const waiting: ((answer: OwnDigest | null) => void)[] = [];
  let running = 0;
  let hasDied = false;

  const die = () => {
    hasDied = true;
    for (const settle of waiting.splice(0)) settle(null);
  };
  worker.on("message", (answer: OwnDigest | null) => waiting.shift()?.(answer));
  worker.on("error", die).on("exit", die);

  return {
    ask: (task) => {
      if (task.do === "start") running++;
      if (task.do === "end" || task.do === "drop") running--;
      if (hasDied) return Promise.resolve(null);
      return new Promise((resolve) => {
        waiting.push(resolve);
        worker.postMessage(task.do === "add" ? { ...task, bytes: shareable(task.bytes) } : task);
      });
    },
    running: () => running,
    hasDied: () => hasDied,
    close: async () => {
      await worker.terminate();
    },
  };
}

/** What is not shared is copied, and no more of it than these bytes: a message would take along all the memory they are a view of. */
function shareable(bytes: Uint8Array): Uint8Array {
  return bytes.buffer instanceof SharedArrayBuffer ? bytes : new Uint8Array(bytes);
}

/** It keeps nothing but a few hashes, outside of its heap. */
const smallHeap = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 };

/** Beside this file: as source where sources run, as a bundle of its own in what ships (build/bundle.ts). */
const besideThisFile = new URL(
  import.meta.url.endsWith(".ts") ? "./digestThread.ts" : "./digest-thread.js",
  import.meta.url,
);
