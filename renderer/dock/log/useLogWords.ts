import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LogKind } from "../../../shared/models/logLine.ts";

/** What each kind of line is called, so that it is not told by colour alone. */
export function useLogWords(): Readonly<Record<LogKind, string>> {
  const { t } = useTranslation("dock");
  return useMemo(
    () => ({
      status: t("logStatus"),
      command: t("logCommand"),
      reply: t("logReply"),
      error: t("logError"),
      listing: t("logListing"),
    }),
    [t],
  );
}
