import { Menu as Base } from "@base-ui/react/menu";
import { Check, ChevronRight } from "lucide-react";
import { assertNever } from "../../shared/assertNever.ts";
import type { MenuItem } from "./menuItem.ts";

/** The rows of a menu, for use inside a Base UI popup. */
export function MenuList({ items }: { readonly items: readonly MenuItem[] }) {
  // Items have no identity but their place; a menu is built afresh each time it opens.
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return items.map((item, index) => <MenuRow key={index} item={item} />);
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  switch (item.kind) {
    case "action":
      return (
        <Base.Item
          className="menu-item"
          label={item.label}
          disabled={item.isDisabled ?? false}
          data-danger={item.isDangerous ? "" : undefined}
          onClick={item.run}
        >
          <span className="menu-item-glyph">{item.glyph}</span>
          <span className="menu-label">{item.label}</span>
          {item.shortcut ? (
            <span className="menu-shortcut" aria-hidden>
              {item.shortcut}
            </span>
          ) : null}
        </Base.Item>
      );
    case "check":
      return (
        <Base.CheckboxItem className="menu-item" label={item.label} checked={item.isChecked} onCheckedChange={item.run}>
          <span className="menu-item-glyph">
            <Base.CheckboxItemIndicator>
              <Check size={14} aria-hidden />
            </Base.CheckboxItemIndicator>
          </span>
          <span className="menu-label">{item.label}</span>
        </Base.CheckboxItem>
      );
    case "choices":
      return (
        <Base.RadioGroup value={item.chosen} onValueChange={item.choose}>
          {item.options.map(({ value, label }) => (
            <Base.RadioItem key={value} className="menu-item" value={value} label={label} closeOnClick>
              <span className="menu-item-glyph">
                <Base.RadioItemIndicator>
                  <Check size={14} aria-hidden />
                </Base.RadioItemIndicator>
              </span>
              <span className="menu-label">{label}</span>
            </Base.RadioItem>
          ))}
        </Base.RadioGroup>
      );
    case "submenu":
      return (
        <Base.SubmenuRoot>
          <Base.SubmenuTrigger className="menu-item" label={item.label} disabled={item.isDisabled ?? false}>
            <span className="menu-item-glyph">{item.glyph}</span>
            <span className="menu-label">{item.label}</span>
            <ChevronRight size={14} aria-hidden />
          </Base.SubmenuTrigger>
          <Base.Portal>
            <Base.Positioner className="floating" sideOffset={-2}>
              <Base.Popup className="popup menu">
                <MenuList items={item.items} />
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.SubmenuRoot>
      );
    case "heading":
      return <div className="menu-heading">{item.label}</div>;
    case "separator":
      return <Base.Separator className="menu-separator" />;
    default:
      return assertNever(item);
  }
}
