import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { applyPaneLayout, type ColumnName, useLayoutStore } from "../stores/layoutStore.ts";

export type ColumnGripProps = { readonly side: Side; readonly column: ColumnName };

const narrowest = 48;
const widest = 1200;
const keyStep = 10;

/** The line behind a column name: drag it, or move it with the arrow keys. A double press lets the name fill the rest again. */
export function ColumnGrip({ side, column }: ColumnGripProps) {
  const { t } = useTranslation("panes");
  const width = useLayoutStore((state) => state[side].widths[column]);
  const drag = useRef<{ fromX: number; fromWidth: number } | null>(null);

  const resize = (next: number | null): void => {
    const bounded = next === null ? null : Math.round(Math.min(widest, Math.max(narrowest, next)));
    useLayoutStore.setState((state) => {
      const { widths } = state[side];
      const changed =
        column === "name" ? { ...widths, name: bounded } : { ...widths, [column]: bounded ?? widths[column] };
      return applyPaneLayout(state, side, { widths: changed });
    });
  };

  const begin = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { fromX: event.clientX, fromWidth: drawnWidth(event.currentTarget) };
  };

  const pressKey = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    resize(drawnWidth(event.currentTarget) + step);
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      className="column-grip"
      aria-orientation="vertical"
      aria-label={t("resizeColumn", { column: t(`columns.${column}`) })}
      aria-valuenow={width ?? narrowest}
      aria-valuetext={width === null ? t("fillsRest") : undefined}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      onPointerDown={begin}
      onPointerMove={(event) => drag.current && resize(drag.current.fromWidth + event.clientX - drag.current.fromX)}
      onPointerUp={() => {
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (column === "name") resize(null);
      }}
      onKeyDown={pressKey}
    />
  );
}

function drawnWidth(grip: HTMLElement): number {
  return grip.parentElement?.getBoundingClientRect().width ?? narrowest;
}
