import { type ReactNode, useId } from "react";

export type RadioOption<V extends string> = {
  readonly value: V;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
};

export type RadioGroupProps<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly options: readonly RadioOption<V>[];
  readonly onChange: (value: V) => void;
  readonly className?: string;
};

/** One of a few choices, all in sight. */
export function RadioGroup<V extends string>({ label, value, options, onChange, className }: RadioGroupProps<V>) {
  const id = useId();
  return (
    <fieldset className={className ? `radio-group ${className}` : "radio-group"}>
      <legend className="field-label">{label}</legend>
      {options.map((option) => (
        <div key={option.value} className="radio" data-disabled={option.isDisabled ? "" : undefined}>
          <input
            id={`${id}-${option.value}`}
            type="radio"
            name={id}
            checked={option.value === value}
            disabled={option.isDisabled ?? false}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            onChange={() => onChange(option.value)}
          />
          <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          {option.hint ? (
            <span id={`${id}-${option.value}-hint`} className="field-hint">
              {option.hint}
            </span>
          ) : null}
        </div>
      ))}
    </fieldset>
  );
}
