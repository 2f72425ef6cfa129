import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Mended } from "../../shared/models/mended.ts";
import { useAppStore } from "../stores/appStore.ts";
import { useJobsStore } from "../stores/jobsStore.ts";
import { applyNoticeGone, useUiStore } from "../stores/uiStore.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { JobNotice } from "./JobNotice.tsx";
import { MendedNotice } from "./MendedNotice.tsx";

const none: readonly Mended[] = [];

/** Sentences above the lower edge: errors that belong to no pane, and work under way. They wait; they take no focus. */
export function Notices() {
  const { t } = useTranslation("common");
  const notices = useUiStore((state) => state.notices);
  const jobs = useJobsStore((state) => state.jobs);
  const mended = useAppStore((state) => state.facts?.mended ?? none);
  const dismiss = (id: number) => useUiStore.setState((state) => applyNoticeGone(state, id));
  return (
    <div className="notices">
      {mended.map((file) => (
        <MendedNotice key={file.what} mended={file} />
      ))}
      {jobs.map((job) => (
        <JobNotice key={job.id} job={job} />
      ))}
      {notices.map((notice) => (
        <div key={notice.id} className="popup notice" role={notice.error ? "alert" : "status"}>
          {notice.error ? <ErrorNote error={notice.error} heading={notice.text} /> : <span>{notice.text}</span>}
          {notice.cancel ? (
            <Button onClick={notice.cancel}>{t("cancel")}</Button>
          ) : (
            <IconButton icon={X} size="small" label={t("dismiss")} onClick={() => dismiss(notice.id)} />
          )}
        </div>
      ))}
    </div>
  );
}
