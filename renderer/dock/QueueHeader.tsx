import { useTranslation } from "react-i18next";
import type { QueueFilter } from "../../shared/models/transfer.ts";

const columnsOf = {
  queued: ["columnName", "columnRoute", "columnSize", "columnState", "columnSpeed", "columnLeft", "columnSession"],
  failed: ["columnName", "columnRoute", "columnSize", "columnReason", "columnWhen"],
  completed: ["columnName", "columnRoute", "columnSize", "columnResult", "columnWhen"],
} as const;

/** The column names of a tab. They stand outside the scrolled part and share its columns. */
export function QueueHeader({ filter }: { readonly filter: QueueFilter }) {
  const { t } = useTranslation("dock");
  return (
    <div role="rowgroup" className="queue-head">
      <div role="row" aria-rowindex={1} className="queue-row">
        <span role="presentation" />
        {columnsOf[filter].map((column) => (
          <span key={column} role="columnheader" className={`queue-cell ${column}`}>
            {t(column)}
          </span>
        ))}
        <span role="presentation" />
      </div>
    </div>
  );
}
