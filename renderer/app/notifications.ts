import type { i18n } from "i18next";
import type { QueueEnds } from "../../shared/models/queueControl.ts";

/** To be called from a press of the user: browsers ask then whether the page may. Where there are no notifications, nothing happens. */
export function allowNotifications(): void {
  if ("Notification" in window) void Notification.requestPermission();
}

/** Shows that the queue is finished, where the page may; pressing it brings the window to the front. */
export function notifyQueueEnd({ failed }: QueueEnds, { t }: i18n): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const body =
    failed === 0
      ? t("finishedWell", { ns: "queueControl" })
      : t("finishedBadly", { ns: "queueControl", count: failed });
  const notification = new Notification(t("finished", { ns: "queueControl" }), { body, tag: "portside-queue" });
  notification.onclick = () => window.focus();
}
