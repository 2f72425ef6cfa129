import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type PlanChoice, planChoiceSchema } from "../../../shared/models/plan.ts";
import { chooseRows, type Modifiers } from "../../intents/choiceIntents.ts";
import type { PlanIntents } from "../../intents/planIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { usePlanStore } from "../../stores/planStore.ts";
import { isEmptyChoice } from "../../stores/queueChoice.ts";
import { Button } from "../../ui/Button.tsx";
import { rowsInView, scrollTopFor } from "../queue/rowsInView.ts";
import { targetIndex } from "../queue/targetIndex.ts";
import { useViewport } from "../useViewport.ts";
import { firstWindow, windowAround } from "../windowAround.ts";
import { PlanRow, planRowId } from "./PlanRow.tsx";

const rowHeight = 26;
const headHeight = 26; // it stays above the rows: the grid scrolls as a whole, so that the keyboard reaches what scrolls

/** The rows of a part of the plan, however many there are, and what can be decided about those that are selected. */
export function PlanTable({ intents }: { readonly intents: PlanIntents }) {
  const { t } = useTranslation("plan");
  const box = useRef<HTMLDivElement>(null);
  const { scrollTop, height } = useViewport(box);
  const viewport = { scrollTop, height: Math.max(0, height - headHeight) };
  const part = usePlanStore((state) => state.part);
  const total = usePlanStore((state) => state.window.total);
  const choice = usePlanStore((state) => state.choice);
  const rows = useMemo(
    () =>
      chooseRows({
        choice: () => usePlanStore.getState().choice,
        window: () => usePlanStore.getState().window,
        set: (next) => usePlanStore.setState({ choice: next }),
        readIds: intents.readIds,
      }),
    [intents],
  );

  const view = rowsInView(total, rowHeight, viewport);
  const [range, setRange] = useState(firstWindow);
  const wanted = windowAround(view.first, view.end, total, range);
  if (wanted !== range) setRange(wanted);
  useEffect(() => intents.watchWindow(part, range.offset, range.limit), [intents, part, range]);

  const choose = (what: PlanChoice): void => {
    if (!isEmptyChoice(choice)) reportFailure(intents.choose(choice, part, what), t(`choice.${what}`));
  };

  const followKeys = (event: KeyboardEvent): void => {
    const modifiers = modifiersOf(event);
    const pageRows = Math.max(1, Math.floor(viewport.height / rowHeight) - 1);
    const target = targetIndex(event.key, choice.focusIndex, total, pageRows);
    if (target !== null) {
      if (box.current) box.current.scrollTop = scrollTopFor(target, total, rowHeight, viewport);
      void rows.moveTo(target, modifiers);
    } else if (event.key === " ") void rows.toggleFocused();
    else if (event.key === "a" && modifiers.ctrl) rows.chooseAll();
    else if (event.key === "Delete") choose("skip");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const press = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (row === null) rows.clear();
    else void rows.press(Number(row.dataset.index), modifiersOf(event));
  };

  const chosen = choice.all ? total : choice.ids.size;
  return (
    <>
      <div
        ref={box}
        role="grid"
        tabIndex={0}
        className="plan-grid"
        aria-label={t("grid")}
        aria-multiselectable
        aria-rowcount={total + 1}
        aria-activedescendant={choice.focusId === null ? undefined : planRowId(choice.focusId)}
        onClick={press}
        onKeyDown={followKeys}
        onFocus={() => choice.focusId === null && total > 0 && void rows.moveTo(0, { shift: false, ctrl: true })}
      >
        <div role="rowgroup" className="plan-head">
          <div role="row" aria-rowindex={1} className="plan-row">
            {(["columnName", "columnTarget", "columnSize", "columnAction", "columnReason"] as const).map((column) => (
              <span key={column} role="columnheader" className={`queue-cell ${column}`}>
                {t(column)}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="plan-rows" style={{ height: view.contentHeight }}>
          <div role="presentation" style={{ transform: `translateY(${view.top}px)` }}>
            {Array.from({ length: view.end - view.first }, (_, step) => view.first + step).map((index) => (
              <PlanRow key={index} index={index} />
            ))}
          </div>
        </div>
        {total === 0 ? <p className="plan-empty">{t("empty")}</p> : null}
      </div>
      <fieldset className="plan-choices" disabled={isEmptyChoice(choice)}>
        <legend>{chosen === 0 ? t("chooseNone") : t("chooseCount", { count: chosen })}</legend>
        {planChoiceSchema.options.map((what) => (
          <Button key={what} onClick={() => choose(what)}>
            {t(`choice.${what}`)}
          </Button>
        ))}
      </fieldset>
    </>
  );
}

function modifiersOf({ shiftKey, ctrlKey, metaKey }: KeyboardEvent | MouseEvent): Modifiers {
  return { shift: shiftKey, ctrl: ctrlKey || metaKey };
}
