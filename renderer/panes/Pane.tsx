import type { Side } from "../../shared/models/place.ts";

/** One side of the window. */
export function Pane({ side }: { readonly side: Side }) {
  return <section aria-label={side} />;
}
