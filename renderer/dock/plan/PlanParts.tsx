import { useTranslation } from "react-i18next";
import type { Plan } from "../../../shared/models/plan.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { applyPart, usePlanStore } from "../../stores/planStore.ts";
import { partsOf } from "./planWords.ts";

/** How many of a plan will be overwritten, skipped and so on; a press shows these alone. */
export function PlanParts({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation("plan");
  const formats = useFormats();
  const shown = usePlanStore((state) => state.part);
  return (
    <fieldset className="plan-parts">
      <legend className="visually-hidden">{t("parts")}</legend>
      {partsOf(plan).map(({ part, count }) => (
        <button
          key={part}
          type="button"
          className="plan-part"
          data-part={part}
          aria-pressed={part === shown}
          onClick={() => usePlanStore.setState((state) => applyPart(state, part))}
        >
          {t(`part.${part}`)} <span className="plan-count">{formats.number(count)}</span>
        </button>
      ))}
    </fieldset>
  );
}
