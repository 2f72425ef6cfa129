import { useTranslation } from "react-i18next";
import type { ErrorKind } from "../../../shared/errors/errorKind.ts";
import { describeError } from "../../i18n/describeError.ts";
import { useSecondsUntil } from "../control/useSecondsUntil.ts";

export type RetryCountdownProps = { readonly retryAtMs: number; readonly errorKind: ErrorKind | null };

/** "Trying again in 4 s", counted down, with what went wrong on hover. */
export function RetryCountdown({ retryAtMs, errorKind }: RetryCountdownProps) {
  const { t, i18n } = useTranslation("dock");
  const seconds = useSecondsUntil(retryAtMs);
  const reason = errorKind === null ? undefined : describeError(errorKind, i18n).title;
  return <span title={reason}>{seconds > 0 ? t("stateBackoff", { seconds }) : t("stateBackoffNow")}</span>;
}
