import "./panes.css";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { applyActiveSide, useUiStore } from "../stores/uiStore.ts";
import { PaneBody } from "./PaneBody.tsx";
import { PaneHeader } from "./PaneHeader.tsx";
import { PaneStatus } from "./PaneStatus.tsx";
import { PaneTrouble } from "./PaneTrouble.tsx";

/** One side of the window: where am I, the folder tree, the list, and what is in it. */
export function Pane({ side }: { readonly side: Side }) {
  const { t } = useTranslation("panes");
  const isActive = useUiStore((state) => state.activeSide === side);
  const activate = () => useUiStore.setState((state) => applyActiveSide(state, side));
  return (
    <section
      className="pane"
      aria-label={side === "local" ? t("localFiles") : t("remoteFiles")}
      data-side={side}
      data-active={isActive ? "" : undefined}
      onFocus={activate}
      onPointerDown={activate}
    >
      <PaneHeader side={side} />
      <PaneTrouble side={side} />
      <PaneBody side={side} />
      <PaneStatus side={side} />
    </section>
  );
}
