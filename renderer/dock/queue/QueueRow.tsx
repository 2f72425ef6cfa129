import { ArrowDown, ArrowUp } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { QueueFilter, Transfer } from "../../../shared/models/transfer.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { isChosen } from "../../stores/queueChoice.ts";
import { rowAt, useQueueStore } from "../../stores/queueStore.ts";
import { CompletedCells } from "./CompletedCells.tsx";
import { FailedCells } from "./FailedCells.tsx";
import { PriorityMark } from "./PriorityMark.tsx";
import { QueuedCells } from "./QueuedCells.tsx";
import { RowActions } from "./RowActions.tsx";
import type { TransferAction } from "./transferActions.ts";
import { type Folder, routeOf } from "./transferWords.ts";

export type QueueRowProps = {
  readonly filter: QueueFilter;
  readonly index: number;
  readonly onAct: (action: TransferAction, transfer: Transfer) => void;
};

/** The row at a position of a tab. It draws when its own transfer or its own selection changes, and at no other time. */
export const QueueRow = memo(function QueueRow({ filter, index, onAct }: QueueRowProps) {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const transfer = useQueueStore((state) => rowAt(state.windows[filter], index));
  const isSelected = useQueueStore(({ choices }) => transfer !== undefined && isChosen(choices[filter], transfer.id));
  const isFocused = useQueueStore(({ choices }) => choices[filter].focusIndex === index);

  if (transfer === undefined) {
    return (
      <div role="row" aria-rowindex={index + 2} className="queue-row" data-index={index}>
        <span role="presentation" />
        <span role="gridcell" className="queue-cell queue-faint">
          {t("loadingRow")}
        </span>
      </div>
    );
  }

  const { name, newName, from, to } = routeOf(transfer);
  const Arrow = transfer.direction === "upload" ? ArrowUp : ArrowDown;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="queue-row"
      data-index={index}
      draggable={filter === "queued"}
      id={rowElementId(transfer.id)}
      aria-selected={isSelected}
      data-focused={isFocused ? "" : undefined}
      data-state={transfer.state}
      data-lane={transfer.state === "running" && transfer.kind === "file" ? transfer.direction : undefined}
    >
      <span role="gridcell" className="queue-direction" data-direction={transfer.direction}>
        <Arrow size={14} aria-label={t(transfer.direction)} role="img" />
      </span>
      <span
        role="gridcell"
        className="queue-cell queue-name"
        title={newName === null ? name : t("newName", { name, newName })}
      >
        <PriorityMark priority={transfer.priority} />
        {name}
        {newName === null ? null : <span className="queue-faint">{t("asNewName", { newName })}</span>}
      </span>
      <span role="gridcell" className="queue-cell queue-route" title={t("route", { from: from.full, to: to.full })}>
        <FolderWords folder={from} />
        <span aria-hidden className="queue-faint">
          →
        </span>
        <FolderWords folder={to} />
      </span>
      <span role="gridcell" className="queue-cell queue-figure">
        {formats.size(transfer.size)}
      </span>
      {filter === "queued" ? <QueuedCells transfer={transfer} /> : null}
      {filter === "failed" ? <FailedCells transfer={transfer} /> : null}
      {filter === "completed" ? <CompletedCells transfer={transfer} /> : null}
      <RowActions transfer={transfer} name={name} onAct={onAct} />
    </div>
  );
});

/** When room is short the site gives way first: the last folder tells most. */
function FolderWords({ folder: { site, short } }: { readonly folder: Folder }) {
  return (
    <span className="queue-folder">
      {site === null ? null : <span className="queue-site">{site}</span>}
      <span className="queue-last-folder">{site === null ? short : `:${short}`}</span>
    </span>
  );
}

export function rowElementId(transferId: number): string {
  return `transfer-${transferId}`;
}
