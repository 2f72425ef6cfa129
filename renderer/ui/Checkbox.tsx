import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";

export type CheckboxProps = {
  readonly label: string;
  /** true: the label is read aloud only. */
  readonly hidesLabel?: boolean;
  /** null: some are on and some are off. */
  readonly checked: boolean | null;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** The id of what explains it. */
  readonly describedBy?: string;
};

/** A claim that is true or false. */
export function Checkbox(props: CheckboxProps) {
  const { label, hidesLabel = false, checked, onChange, disabled = false, describedBy } = props;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is Base UI's checkbox inside
    <label className="checkbox">
      <Base.Root
        className="checkbox-box"
        checked={checked ?? false}
        indeterminate={checked === null}
        onCheckedChange={(next) => onChange(next)}
        disabled={disabled}
        aria-describedby={describedBy}
      >
        <Base.Indicator>
          {checked === null ? <Minus size={12} aria-hidden /> : <Check size={12} aria-hidden />}
        </Base.Indicator>
      </Base.Root>
      <span className={hidesLabel ? "visually-hidden" : undefined}>{label}</span>
    </label>
  );
}
