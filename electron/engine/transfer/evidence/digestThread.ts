// A thread behind digests.ts: it does what comes in the order it comes, and answers each task. The bytes are shared, not sent.
import { parentPort } from "node:worker_threads";
import type { DigestTask } from "./digests.ts";
import { type OwnDigest, type Sums, startSums } from "./sums.ts";

const running = new Map<number, Sums>();

parentPort?.on("message", (task: DigestTask) => parentPort?.postMessage(perform(task)));

function perform(task: DigestTask): OwnDigest | null {
  switch (task.do) {
    case "start":
      running.set(task.id, startSums(task.algorithms));
      return null;
    case "add":
      running.get(task.id)?.add(task.bytes);
      return null;
    case "end": {
      const digest = running.get(task.id)?.result() ?? null;
      running.delete(task.id);
      return digest;
    }
    case "drop":
      running.delete(task.id);
      return null;
  }
}
