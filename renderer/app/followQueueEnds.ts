import type { EngineClient } from "../../shared/contract/contract.ts";
import type { QueueEnds } from "../../shared/models/queueControl.ts";
import type { WhenFinished } from "../../shared/models/settings.ts";

export type FollowParts = {
  readonly wanted: () => WhenFinished;
  /** Somebody looks at the window: there is nothing to tell. */
  readonly isLookedAt: () => boolean;
  readonly notify: (ends: QueueEnds) => void;
  readonly chime: () => void;
};

/** Tells whoever looks elsewhere that the queue is finished, as the settings say. What the engine does then is not the window's. */
export function followQueueEnds(client: Pick<EngineClient, "open">, parts: FollowParts): () => void {
  let known: number | null = null;
  return client.open("queue.watchEnds", {}, (ends) => {
    const isNews = known !== null && ends.count > known; // the first item says what was; a new engine counts from 0 again
    known = ends.count;
    if (!isNews) return;
    if (parts.wanted() === "sound") parts.chime();
    if (parts.wanted() === "notify" && !parts.isLookedAt()) parts.notify(ends);
  });
}
