import { CircleAlert, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Job } from "../../shared/models/job.ts";
import { describeError } from "../i18n/describeError.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { useEngine } from "./EngineContext.ts";

/** What a job left undone: how many, which and why, and a way to try those again. It waits until somebody has seen it. */
export function JobFailures({ job }: { readonly job: Job }) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const engine = useEngine();
  const { id, kind, done, total, failed, stoppedBy } = job;
  const heading = t(`jobs.${kind}Failed`, { count: failed });
  const retry = () => reportFailure(engine.call("jobs.retry", { id }), tCommon("retry"));
  const dismiss = () => reportFailure(engine.call("jobs.cancel", { id }), tCommon("dismiss"));
  return (
    <div className="popup notice" role="alert">
      <div className="job-words">
        {stoppedBy === null ? null : (
          <ErrorNote error={stoppedBy} heading={t(`jobs.${kind}Stopped`, { done, total })} />
        )}
        {failed === 0 ? null : (
          <>
            <p className="job-title job-failed">
              <CircleAlert size={16} aria-hidden />
              {heading}
            </p>
            <details className="job-failures">
              <summary>{t("jobs.showFailures")}</summary>
              <JobFailureList job={job} />
            </details>
          </>
        )}
        <div className="job-actions">
          <Button onClick={retry}>{tCommon("retry")}</Button>
        </div>
      </div>
      <IconButton icon={X} size="small" label={tCommon("dismiss")} onClick={dismiss} />
    </div>
  );
}

function JobFailureList({ job: { failures, failed } }: { readonly job: Job }) {
  const { t, i18n } = useTranslation("panes");
  const more = failed - failures.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <ul className="selectable" tabIndex={0} aria-label={t("jobs.showFailures")}>
      {failures.map(({ path, error }) => (
        <li key={path}>
          <span className="job-failure-path">{path}</span>
          <span className="job-failure-reason">{error.reply?.text ?? describeError(error, i18n).title}</span>
        </li>
      ))}
      {more > 0 ? <li>{t("jobs.moreFailures", { count: more })}</li> : null}
    </ul>
  );
}
