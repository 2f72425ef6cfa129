import { Unplug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { policyOf } from "../../../shared/errors/policy.ts";
import type { RestingSite } from "../../../shared/models/transfer.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { describeError } from "../../i18n/describeError.ts";
import { queueIntents } from "../../intents/queueIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { useQueueStore } from "../../stores/queueStore.ts";
import { Button } from "../../ui/Button.tsx";
import { useSecondsUntil } from "./useSecondsUntil.ts";

/** Which sites the queue waits for, why, and until when: one line each, and a way to wait no longer. */
export function OutageNotes() {
  const { t } = useTranslation("dock");
  const engine = useEngine();
  const resting = useQueueStore(({ summary }) => (summary.isProcessing ? summary.resting : none));
  if (resting.length === 0) return null;
  return (
    <div className="outage-notes">
      <ul>
        {resting.map((site) => (
          <OutageNote key={site.siteId} site={site} />
        ))}
      </ul>
      <Button onClick={() => reportFailure(queueIntents(engine).tryNow(), t("tryNow"))}>{t("tryNow")}</Button>
    </div>
  );
}

const none: readonly RestingSite[] = [];

function OutageNote({ site: { siteName, errorKind, errorText, nextTryMs } }: { readonly site: RestingSite }) {
  const { t, i18n } = useTranslation("dock");
  const seconds = useSecondsUntil(nextTryMs);
  const isOfNetwork = policyOf[errorKind].blame === "network";
  return (
    <li title={errorText}>
      <Unplug size={14} aria-hidden />
      {/* Read aloud once, without the seconds that pass. */}
      <span role="status">
        <strong>{t(isOfNetwork ? "outageOfNetwork" : "outageOfServer", { site: siteName })}</strong>{" "}
        {describeError(errorKind, i18n).title}
      </span>
      <span className="outage-countdown">{seconds > 0 ? t("outageNext", { seconds }) : t("outageTrying")}</span>
    </li>
  );
}
