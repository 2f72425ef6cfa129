import type { ComponentProps } from "react";

export type ButtonProps = ComponentProps<"button"> & { readonly kind?: "normal" | "primary" | "danger" | "plain" };

/** A button with words. One primary button at most stands in a view. */
export function Button({ kind = "normal", type = "button", className, ...rest }: ButtonProps) {
  return <button type={type} className={className ? `button ${className}` : "button"} data-kind={kind} {...rest} />;
}
