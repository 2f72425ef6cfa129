import { AlarmClock, CirclePause, ListChecks } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PlannedStart } from "../../../shared/models/queueControl.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { queueIntents } from "../../intents/queueIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { useHoldsStore } from "../../stores/holdsStore.ts";
import { Button } from "../../ui/Button.tsx";
import { planTitle } from "../plan/planWords.ts";
import { showPlan } from "../plan/showPlan.ts";

/** Says what of the queue waits for the user or the clock, each with the way to let it go on. Takes no room when nothing does. */
export function HoldsBar() {
  const { t } = useTranslation("queueControl");
  const formats = useFormats();
  const engine = useEngine();
  const queue = useMemo(() => queueIntents(engine), [engine]);
  const { t: tPlan } = useTranslation("plan");
  const { pausedSites, starts, plans } = useHoldsStore();
  if (pausedSites.length + starts.length + plans.length === 0) return null;

  const wordsOf = ({ atMs, batch }: PlannedStart): string => {
    const time = formats.time(atMs, "minute", Date.now());
    if (batch === null) return t("queueStarts", { time });
    const { siteName: site, targetFolder: folder, direction } = batch;
    return t(direction === "upload" ? "uploadStarts" : "downloadStarts", { site, folder, time });
  };
  const startNow = ({ batch }: PlannedStart) =>
    reportFailure(batch === null ? queue.setProcessing(true) : queue.resume({ batchId: batch.id }), t("startNow"));

  return (
    <ul className="queue-holds" aria-label={t("holds")}>
      {plans.map((plan) => (
        <li key={plan.batchId}>
          <ListChecks size={14} aria-hidden />
          <span>
            {plan.isWaiting ? planTitle(plan, tPlan) : tPlan("holdLooking", { plan: planTitle(plan, tPlan) })}
          </span>
          <Button onClick={() => showPlan(plan.batchId)}>{tPlan("show")}</Button>
        </li>
      ))}
      {starts.map((start) => (
        <li key={start.batch?.id ?? "queue"}>
          <AlarmClock size={14} aria-hidden />
          <span>{wordsOf(start)}</span>
          <Button onClick={() => startNow(start)}>{t("startNow")}</Button>
        </li>
      ))}
      {pausedSites.map(({ id, name }) => (
        <li key={id}>
          <CirclePause size={14} aria-hidden />
          <span>{t("pausedSite", { site: name })}</span>
          <Button onClick={() => reportFailure(queue.resume({ siteId: id }), t("resume"))}>{t("resume")}</Button>
        </li>
      ))}
    </ul>
  );
}
