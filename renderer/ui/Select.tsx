import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { type ReactNode, useId } from "react";

export type SelectOption<V extends string> = {
  readonly value: V;
  readonly label: string;
  readonly glyph?: ReactNode;
};

export type SelectProps<V extends string> = {
  readonly label: string;
  readonly hidesLabel?: boolean;
  readonly hint?: string | undefined;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
  readonly className?: string;
};

/** One of a few choices. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, hidesLabel = false, hint, value, options, onChange, disabled = false, className } = props;
  const id = useId();
  const chosen = options.find((option) => option.value === value);
  return (
    <div className={className ? `field ${className}` : "field"}>
      <span id={`${id}-label`} className={hidesLabel ? "visually-hidden" : "field-label"}>
        {label}
      </span>
      <Base.Root value={value} onValueChange={(next) => next !== null && onChange(next)} disabled={disabled}>
        <Base.Trigger
          className="input select-trigger"
          aria-labelledby={`${id}-label ${id}-value`}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        >
          <span id={`${id}-value`} className="menu-label">
            {chosen?.label ?? value}
          </span>
          <ChevronsUpDown size={14} aria-hidden />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner className="floating" sideOffset={4} alignItemWithTrigger={false}>
            <Base.Popup className="popup menu">
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className="menu-item">
                  <span className="menu-item-glyph">
                    <Base.ItemIndicator>
                      <Check size={14} aria-hidden />
                    </Base.ItemIndicator>
                  </span>
                  {option.glyph}
                  <Base.ItemText className="menu-label">{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="field-hint">
          {hint}
        </span>
      )}
    </div>
  );
}
