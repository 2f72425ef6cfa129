import { type ComponentProps, useId } from "react";

export type TextAreaProps = ComponentProps<"textarea"> & { readonly label: string };

/** A field of several lines with its label. */
export function TextArea({ label, className, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className={className ? `field ${className}` : "field"}>
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <textarea id={id} className="input" {...rest} />
    </div>
  );
}
