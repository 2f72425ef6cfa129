import { useFormats } from "../../i18n/useFormats.ts";

/** A moment: short in the row, exact on hover. */
export function TimeCell({ atMs }: { readonly atMs: number | null }) {
  const formats = useFormats();
  if (atMs === null) return <span role="gridcell" />;
  return (
    <span role="gridcell" className="queue-cell queue-when" title={formats.exactTime(atMs, "second")}>
      {formats.time(atMs, "second", Date.now())}
    </span>
  );
}
