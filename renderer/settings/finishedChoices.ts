import type { TFunction } from "i18next";
import type { AppFacts } from "../stores/appStore.ts";

/** What can follow the end of the queue, on this host. */
export function finishedChoices(t: TFunction<"queueControl">, endings: AppFacts["endings"]) {
  const values = ["nothing", "notify", "sound", "command", ...endings] as const;
  return values.map((value) => ({ value, label: t(value) }));
}
