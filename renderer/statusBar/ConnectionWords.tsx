import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { assertNever } from "../../shared/assertNever.ts";
import type { Connection } from "../../shared/models/connection.ts";
import { describeError } from "../i18n/describeError.ts";

/** Whom Portside talks to, and how that goes. The dot repeats in colour what the words say. */
export function ConnectionWords({ connection }: { readonly connection: Connection | null }) {
  const { t, i18n } = useTranslation("statusBar");
  const status = connection?.status;
  const error = status?.state === "failed" || status?.state === "reconnecting" ? status.error : null;
  return (
    <span className="status-connection" title={error === null ? undefined : describeError(error, i18n).title}>
      <span className="status-dot" data-state={status?.state ?? "closed"} aria-hidden />
      {connection === null ? t("notConnected") : words(connection, t)}
    </span>
  );
}

function words({ siteName: site, status }: Connection, t: TFunction<"statusBar">): string {
  switch (status.state) {
    case "connecting":
      return t("connecting", { site });
    case "connected":
      return t("connected", { site });
    case "reconnecting":
      return t("reconnecting", { site, attempt: status.attempt });
    case "failed":
      return t("failed", { site });
    case "closed":
      return t("closed", { site });
    default:
      return assertNever(status);
  }
}
