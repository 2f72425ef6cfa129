import { Menu as Base } from "@base-ui/react/menu";
import { useMemo } from "react";
import { MenuList } from "./MenuList.tsx";
import type { MenuItem } from "./menuItem.ts";

export type Point = { readonly x: number; readonly y: number };

export type ContextMenuProps = {
  /** Where it opens, in window pixels; null: closed. */
  readonly at: Point | null;
  /** Read aloud: what the menu is about. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
  /** Gets the focus back, since a menu at a point has no trigger of its own. */
  readonly returnFocusTo?: () => HTMLElement | null;
};

/** What an item has opened has the focus already, or is about to take it. */
const isDialogOpen = (): boolean => document.querySelector(".dialog[data-open]") !== null;

/** A menu at a point: for right-click and Shift+F10 alike. */
export function ContextMenu({ at, label, items, onClose, returnFocusTo }: ContextMenuProps) {
  const anchor = useMemo(
    () => (at ? { getBoundingClientRect: () => DOMRect.fromRect({ x: at.x, y: at.y }) } : null),
    [at],
  );
  return (
    <Base.Root open={at !== null} onOpenChange={(open) => !open && onClose()} modal={false}>
      <Base.Portal>
        <Base.Positioner className="floating" anchor={anchor} align="start" side="bottom">
          <Base.Popup
            className="popup menu"
            aria-label={label}
            finalFocus={() => (isDialogOpen() ? false : (returnFocusTo?.() ?? true))}
            onContextMenu={(event) => event.preventDefault()}
          >
            <MenuList items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
