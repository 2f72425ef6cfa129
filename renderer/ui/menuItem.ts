import type { ReactNode } from "react";

/** A menu as data: the same list feeds a button's menu and a context menu. */
export type MenuItem =
  | {
      readonly kind: "action";
      readonly label: string;
      readonly glyph?: ReactNode;
      readonly shortcut?: string;
      readonly isDisabled?: boolean;
      readonly isDangerous?: boolean;
      readonly run: () => void;
    }
  | { readonly kind: "check"; readonly label: string; readonly isChecked: boolean; readonly run: () => void }
  /** One of several; choosing closes the menu. */
  | {
      readonly kind: "choices";
      readonly chosen: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly choose: (value: string) => void;
    }
  | {
      readonly kind: "submenu";
      readonly label: string;
      readonly glyph?: ReactNode;
      readonly isDisabled?: boolean;
      readonly items: readonly MenuItem[];
    }
  | { readonly kind: "heading"; readonly label: string }
  | { readonly kind: "separator" };
