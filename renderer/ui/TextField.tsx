import { type ComponentProps, useId } from "react";

export type TextFieldProps = Omit<ComponentProps<"input">, "size"> & {
  readonly label: string;
  /** true: the label is read aloud only (the placeholder shows it). */
  readonly hidesLabel?: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
};

/** A one-line field with its label, hint and error, tied together for screen readers. */
export function TextField({ label, hidesLabel = false, hint, error, className, ...rest }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={className ? `field ${className}` : "field"}>
      <label htmlFor={id} className={hidesLabel ? "visually-hidden" : "field-label"}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        {...rest}
      />
      {note === undefined ? null : (
        <span id={`${id}-note`} className={error === undefined ? "field-hint" : "field-error"}>
          {note}
        </span>
      )}
    </div>
  );
}
