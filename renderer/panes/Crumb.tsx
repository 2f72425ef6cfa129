import { useRef } from "react";
import type { Crumb as CrumbFacts } from "../../shared/contract/browse.ts";
import type { Side } from "../../shared/models/place.ts";
import { useFolderDrop } from "../dragDrop/useFolderDrop.ts";
import { usePaneActions } from "./usePaneActions.ts";

export type CrumbProps = { readonly side: Side; readonly crumb: CrumbFacts; readonly isLast: boolean };

/** A step of the path: press it to go there, drop on it to put things there. */
export function Crumb({ side, crumb, isLast }: CrumbProps) {
  const { goTo } = usePaneActions(side);
  const button = useRef<HTMLButtonElement>(null);
  const isTarget = useFolderDrop(button, () => ({ side, path: crumb.path, label: crumb.label, springs: !isLast }));
  return (
    <button
      ref={button}
      type="button"
      className="crumb"
      aria-current={isLast ? "page" : undefined}
      data-drop={isTarget ? "" : undefined}
      onClick={() => goTo(crumb.path)}
    >
      {crumb.label}
    </button>
  );
}
