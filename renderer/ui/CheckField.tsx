import { useId } from "react";
import { Checkbox } from "./Checkbox.tsx";

export type CheckFieldProps = {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly className?: string;
};

/** A checkbox with its hint, tied together for screen readers. */
export function CheckField({ label, hint, checked, onChange, className }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={className ? `field ${className}` : "field"}>
      <Checkbox label={label} checked={checked} onChange={onChange} describedBy={`${id}-hint`} />
      <span id={`${id}-hint`} className="field-hint check-hint">
        {hint}
      </span>
    </div>
  );
}
