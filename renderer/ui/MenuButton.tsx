import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement } from "react";
import { MenuList } from "./MenuList.tsx";
import type { MenuItem } from "./menuItem.ts";

export type MenuButtonProps = {
  /** A Button or IconButton. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  readonly align?: "start" | "end";
};

/** A button that opens a menu below itself. */
export function MenuButton({ trigger, items, align = "start" }: MenuButtonProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="floating" sideOffset={4} align={align}>
          <Base.Popup className="popup menu">
            <MenuList items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
