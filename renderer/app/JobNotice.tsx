import { useTranslation } from "react-i18next";
import type { Job } from "../../shared/models/job.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { useLongerThan } from "../panes/useLongerThan.ts";
import { Button } from "../ui/Button.tsx";
import { ProgressBar } from "../ui/ProgressBar.tsx";
import { useEngine } from "./EngineContext.ts";
import { JobFailures } from "./JobFailures.tsx";

const briefMs = 400; // what is over by then needs no words

/** Work under way on many entries: how far it is, where, and a way to end it; at its end, what it left undone. */
export function JobNotice({ job }: { readonly job: Job }) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const engine = useEngine();
  const formats = useFormats();
  const isLong = useLongerThan(job.state !== "ended", briefMs);
  if (job.state === "ended") return <JobFailures job={job} />;
  if (!isLong) return null;

  const { id, kind, name, count, state, files, folders, bytes, total, done, failed, current } = job;
  const title = t(`jobs.${kind}`, { count, name });
  const progress =
    state === "counting"
      ? t("jobs.counting", { items: tCommon("items", { count: files + folders }), size: formats.size(bytes) })
      : t("jobs.progress", { done, total });
  return (
    <section className="popup notice job-notice" aria-label={title}>
      <div className="job-words">
        <p className="job-title">{title}</p>
        <ProgressBar label={title} share={state === "counting" || total === 0 ? null : done / total} />
        <p className="job-progress">
          <span>{progress}</span>
          {failed === 0 ? null : <span className="job-failed">{t("jobs.failedSoFar", { count: failed })}</span>}
        </p>
        {current === null ? null : (
          <p className="job-current" title={current}>
            {current}
          </p>
        )}
      </div>
      <Button onClick={() => reportFailure(engine.call("jobs.cancel", { id }), title)}>{tCommon("cancel")}</Button>
    </section>
  );
}
