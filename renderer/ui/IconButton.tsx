import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Tooltip } from "./Tooltip.tsx";

export type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  readonly icon: LucideIcon;
  /** Its accessible name, and the tooltip. */
  readonly label: string;
  readonly shortcut?: string;
  readonly size?: "normal" | "small";
};

/** A button with a glyph: its name is read aloud and shown on hover. */
export function IconButton({ icon: Icon, label, shortcut, size = "normal", className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut ? { shortcut } : {})}>
      <button
        type="button"
        aria-label={label}
        className={className ? `icon-button ${className}` : "icon-button"}
        data-size={size}
        {...rest}
      >
        <Icon size={size === "small" ? 14 : 16} aria-hidden />
      </button>
    </Tooltip>
  );
}
