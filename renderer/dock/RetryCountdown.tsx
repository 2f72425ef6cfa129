import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ErrorKind } from "../../shared/errors/errorKind.ts";
import { describeError } from "../i18n/describeError.ts";

export type RetryCountdownProps = { readonly retryAtMs: number; readonly errorKind: ErrorKind | null };

/** "Trying again in 4 s", counted down, with what went wrong on hover. */
export function RetryCountdown({ retryAtMs, errorKind }: RetryCountdownProps) {
  const { t, i18n } = useTranslation("dock");
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((retryAtMs - nowMs) / 1_000);
  const reason = errorKind === null ? undefined : describeError(errorKind, i18n).title;
  return <span title={reason}>{seconds > 0 ? t("stateBackoff", { seconds }) : t("stateBackoffNow")}</span>;
}
