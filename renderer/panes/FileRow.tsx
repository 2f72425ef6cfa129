import { memo, useRef } from "react";
import { assertNever } from "../../shared/assertNever.ts";
import { type EntryColumns, entryTypeAt, precisionAt } from "../../shared/models/entry.ts";
import type { Side } from "../../shared/models/place.ts";
import { useEntryDrag } from "../dragDrop/useEntryDrag.ts";
import { useFolderDrop } from "../dragDrop/useFolderDrop.ts";
import type { Formats } from "../i18n/format.ts";
import type { ColumnName } from "../stores/layoutStore.ts";
import { entryAt } from "../stores/paneEntry.ts";
import { paneStores } from "../stores/paneStore.ts";
import { parentRow } from "../stores/rowSelection.ts";
import { EntryIcon } from "./EntryIcon.tsx";
import { RenameField } from "./RenameField.tsx";
import type { RowWords } from "./useRowWords.ts";

export type FileRowProps = {
  readonly id: string;
  readonly side: Side;
  readonly columns: EntryColumns;
  readonly shownColumns: readonly ColumnName[];
  /** Index into the columns, or `parentRow`. */
  readonly row: number;
  /** Place in the list, from 0. */
  readonly position: number;
  readonly top: number;
  readonly isSelected: boolean;
  readonly isFocused: boolean;
  readonly isRenaming: boolean;
  readonly formats: Formats;
  readonly nowMs: number;
  readonly words: RowWords;
};

/** One entry. Drawn again only when something of its own changes. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { id, side, columns, shownColumns, row, position, top, isSelected, isFocused, isRenaming } = props;
  const { formats, nowMs, words } = props;
  const element = useRef<HTMLDivElement>(null);
  const isParent = row === parentRow;
  const type = isParent ? "directory" : entryTypeAt(columns, row);
  const name = isParent ? ".." : (columns.names[row] ?? "");
  const size = columns.sizes[row] ?? null;
  const modifiedMs = columns.modifiedMs[row] ?? null;
  const precision = precisionAt(columns, row);
  const linkTarget = columns.linkTargets[row];

  useEntryDrag(element, side, row);
  const isTarget = useFolderDrop(element, () => (type === "directory" ? rowTarget(side, row) : null));

  return (
    <div
      ref={element}
      id={id}
      role="row"
      className="file-row"
      aria-rowindex={position + 2}
      aria-selected={isSelected}
      data-row={row}
      data-focused={isFocused ? "" : undefined}
      data-drop={isTarget ? "" : undefined}
      data-hidden={name.startsWith(".") && !isParent ? "" : undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="rowheader" className="cell cell-name">
        <EntryIcon type={type} name={name} isParent={isParent} />
        {isRenaming ? (
          <RenameField side={side} row={row} />
        ) : (
          <span className="cell-text" title={isParent ? words.parent : name}>
            {name}
          </span>
        )}
        {linkTarget === undefined ? null : (
          <span className="link-target" title={linkTarget}>
            → {linkTarget}
          </span>
        )}
      </div>
      {shownColumns.map((column) => {
        switch (column) {
          case "name":
            return null; // stands before the others
          case "size":
            return (
              <Cell
                key={column}
                className="cell-number"
                hover={size === null || isParent ? undefined : formats.exactSize(size)}
              >
                {isParent || type === "directory" ? "" : formats.size(size)}
              </Cell>
            );
          case "type":
            return <Cell key={column}>{isParent ? "" : words.type(type, name)}</Cell>;
          case "modified":
            return (
              <Cell
                key={column}
                hover={modifiedMs === null || isParent ? undefined : formats.exactTime(modifiedMs, precision)}
              >
                {modifiedMs === null || isParent ? "" : formats.time(modifiedMs, precision, nowMs)}
              </Cell>
            );
          case "permissions":
            return (
              <Cell key={column} className="mono">
                {isParent ? "" : (columns.permissions[row] ?? "")}
              </Cell>
            );
          case "owner":
            return <Cell key={column}>{isParent ? "" : (columns.owners[row] ?? "")}</Cell>;
          default:
            return assertNever(column);
        }
      })}
    </div>
  );
});

function Cell({ className, hover, children }: { className?: string; hover?: string | undefined; children: string }) {
  return (
    <div role="gridcell" className={className ? `cell ${className}` : "cell"} title={hover ?? (children || undefined)}>
      {children}
    </div>
  );
}

function rowTarget(side: Side, row: number) {
  const { place, rowsPath, columns, head } = paneStores[side].getState();
  if (place === null || rowsPath === null) return null;
  if (row === parentRow)
    return head?.parentPath == null ? null : { side, path: head.parentPath, label: "..", springs: true };
  const { path, name } = entryAt(place, rowsPath, columns, row);
  return { side, path, label: name, springs: true };
}
