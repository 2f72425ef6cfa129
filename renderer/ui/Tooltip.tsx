import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";

export type TooltipProps = {
  readonly text: string;
  readonly shortcut?: string;
  /** One element that takes a ref and props, and carries its own accessible name. */
  readonly children: ReactElement;
};

/** Words on hover and on keyboard focus. They repeat a name or add to it; nothing depends on them. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="floating" sideOffset={6}>
          <Base.Popup className="tooltip">
            {text}
            {shortcut ? <span className="tooltip-shortcut">{shortcut}</span> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
