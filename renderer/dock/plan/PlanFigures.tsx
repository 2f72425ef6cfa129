import { CircleAlert, LoaderCircle, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Plan } from "../../../shared/models/plan.ts";
import { describeError } from "../../i18n/describeError.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { filesToMove, lackOfSpace, partsOf } from "./planWords.ts";

/** What a plan comes to, and what stands in its way. */
export function PlanFigures({ plan }: { readonly plan: Plan }) {
  const { t, i18n } = useTranslation("plan");
  const formats = useFormats();
  const size = (bytes: number | null) => (bytes === null ? t("unknown") : formats.size(bytes));
  const known = partsOf(plan)[0]?.count ?? 0;
  const lack = lackOfSpace(plan);
  const figures = [
    [t("files"), formats.number(filesToMove(plan))],
    [t("bytes"), formats.size(plan.bytes)],
    [t("time"), plan.timeMs === null ? t("unknown") : formats.duration(plan.timeMs)],
    [t("freeRemote"), size(plan.free.remote)],
    [t("freeLocal"), size(plan.free.local)],
  ] as const;

  return (
    <>
      <dl className="plan-figures" aria-label={t("figures")}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {lack === null ? null : (
        <p className="plan-note" data-tone="failed" role="alert">
          <TriangleAlert size={16} aria-hidden />
          {t(lack.side === "remote" ? "fullRemote" : "fullLocal", {
            needed: formats.size(plan.bytes),
            free: formats.size(lack.free),
          })}
        </p>
      )}
      {plan.trouble === null ? (
        <p className="plan-note" role="status">
          {plan.pending === 0 ? (
            t("ready")
          ) : (
            <>
              <LoaderCircle size={16} className="spinning" aria-hidden />
              {t("looking", { done: formats.number(known - plan.pending), known: formats.number(known) })}
            </>
          )}
        </p>
      ) : (
        <p className="plan-note" data-tone="waiting" role="alert" title={plan.trouble.text}>
          <CircleAlert size={16} aria-hidden />
          {t("trouble", { reason: describeError(plan.trouble.kind, i18n).title })}
        </p>
      )}
    </>
  );
}
