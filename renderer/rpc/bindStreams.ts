import type { EngineClient } from "../../shared/contract/contract.ts";
import { applyConnections, useConnectionStore } from "../stores/connectionStore.ts";
import { useHoldsStore } from "../stores/holdsStore.ts";
import { useJobsStore } from "../stores/jobsStore.ts";
import { applyLogLines, useLogStore } from "../stores/logStore.ts";
import { applyProgress, useProgressStore } from "../stores/progressStore.ts";
import { applyPrompts, usePromptStore } from "../stores/promptStore.ts";
import { applySummary, useQueueStore } from "../stores/queueStore.ts";
import { applySettings, useSettingsStore } from "../stores/settingsStore.ts";
import { applySites, useSitesStore } from "../stores/sitesStore.ts";

/**
 * The one way in: news of the engine that the whole window shows, into its stores. What depends on where a view stands (a folder, a
 * window of the queue) is opened by its owner.
 */
export function bindStreams(client: EngineClient): () => void {
  const stops = [
    client.open("settings.watch", {}, (news) => useSettingsStore.setState((state) => applySettings(state, news))),
    client.open("sites.watch", {}, (news) => useSitesStore.setState((state) => applySites(state, news))),
    client.open("connections.watch", {}, ({ connections }) =>
      useConnectionStore.setState((state) => applyConnections(state, connections)),
    ),
    client.open("jobs.watch", {}, (news) => useJobsStore.setState(news)),
    client.open("queue.watchSummary", {}, (news) => useQueueStore.setState((state) => applySummary(state, news))),
    client.open("queue.watchHolds", {}, (news) => useHoldsStore.setState(news)),
    client.open("progress.watch", {}, (news) => useProgressStore.setState((state) => applyProgress(state, news))),
    client.open("prompts.watch", {}, ({ prompts }) => usePromptStore.setState((state) => applyPrompts(state, prompts))),
    client.open("log.watch", {}, ({ lines }) => useLogStore.setState((state) => applyLogLines(state, lines))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
