import { useTranslation } from "react-i18next";
import { countQuestions, usePromptStore } from "../stores/promptStore.ts";
import { pendingCount, useQueueStore } from "../stores/queueStore.ts";

/** What has to happen for things to go on. A press goes to the question. */
export function WaitingFor() {
  const { t } = useTranslation("statusBar");
  const prompts = usePromptStore((state) => state.prompts);
  const waiting = useQueueStore((state) => state.summary.waiting);
  const questions = prompts.length === 0 ? 0 : countQuestions(prompts, waiting);
  const isHeld = useQueueStore(({ summary }) => !summary.isProcessing && pendingCount(summary) > 0);
  if (questions > 0) {
    return (
      <button type="button" className="status-button" data-tone="waiting" onClick={goToQuestion}>
        {t("waitsForAnswer", { count: questions })}
      </button>
    );
  }
  return isHeld ? <span className="status-waiting">{t("queuePaused")}</span> : null;
}

function goToQuestion(): void {
  document.querySelector<HTMLElement>(".prompt")?.focus();
}
