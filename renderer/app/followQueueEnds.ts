import type { i18n } from "i18next";
import type { EngineClient } from "../../shared/contract/contract.ts";
import type { QueueEnds } from "../../shared/models/queueControl.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";
import { playChime } from "./playChime.ts";

/** Tells whoever looks elsewhere that the queue is finished, as the settings say. What the engine does then is not the window's. */
export function followQueueEnds(client: EngineClient, i18n: i18n): () => void {
  let known: number | null = null;
  return client.open("queue.watchEnds", {}, (ends) => {
    const isNews = known !== null && ends.count > known; // the first item says what was; after a new start it counts from 0
    known = ends.count;
    if (!isNews) return;
    const { whenFinished } = useSettingsStore.getState().settings;
    if (whenFinished === "sound") playChime();
    if (whenFinished === "notify" && !document.hasFocus()) showNotification(ends, i18n);
  });
}

function showNotification({ failed }: QueueEnds, { t }: i18n): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const body =
    failed === 0
      ? t("finishedWell", { ns: "queueControl" })
      : t("finishedBadly", { ns: "queueControl", count: failed });
  const notification = new Notification(t("finished", { ns: "queueControl" }), { body, tag: "portside-queue" });
  notification.onclick = () => window.focus();
}
