import { type KeyboardEvent, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SiteTreeRow } from "../stores/sitesStore.ts";
import { SiteTreeItem } from "./SiteTreeItem.tsx";
import type { DropZone } from "./siteMoves.ts";

export type SiteTreeProps = {
  readonly rows: readonly SiteTreeRow[];
  readonly selectedId: string | null;
  /** Folders are shown open and rows cannot be moved while a search narrows the tree. */
  readonly isSearching: boolean;
  readonly onSelect: (row: SiteTreeRow) => void;
  /** Enter or a double press: connect, or open and close a folder. */
  readonly onOpen: (row: SiteTreeRow) => void;
  readonly onExpand: (row: SiteTreeRow, isExpanded: boolean) => void;
  readonly onRename: (row: SiteTreeRow) => void;
  readonly onRemove: (row: SiteTreeRow) => void;
  readonly onStep: (row: SiteTreeRow, way: "up" | "down" | "into") => void;
  readonly onDrop: (id: string, target: SiteTreeRow, zone: DropZone) => void;
};

/** The folders and sites, by pointer and by keyboard. */
export function SiteTree(props: SiteTreeProps) {
  const { rows, selectedId, isSearching, onSelect, onOpen, onExpand, onRename, onRemove, onStep, onDrop } = props;
  const { t } = useTranslation("siteManager");
  const prefix = useId();
  const tree = useRef<HTMLDivElement>(null);
  const index = rows.findIndex((row) => row.id === selectedId);
  const elementId = (id: string) => `${prefix}-${id}`;

  const select = (row: SiteTreeRow | undefined): void => {
    if (row === undefined) return;
    onSelect(row);
    document.getElementById(elementId(row.id))?.scrollIntoView({ block: "nearest" });
  };

  const followKeys = (event: KeyboardEvent): void => {
    const row = rows[index];
    const act = actionOf(event);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === "next") select(rows[Math.min(index + 1, rows.length - 1)]);
    else if (act === "previous") select(rows[Math.max(index - 1, 0)]);
    else if (act === "first") select(rows[0]);
    else if (act === "last") select(rows.at(-1));
    else if (row === undefined) return;
    else if (act === "open") onOpen(row);
    else if (act === "rename") onRename(row);
    else if (act === "remove") onRemove(row);
    else if (act === "right") {
      if (row.type === "folder" && !row.folder.isExpanded) onExpand(row, true);
      else if (row.type === "folder") select(rows[index + 1]);
    } else if (act === "left") {
      if (row.type === "folder" && row.folder.isExpanded) onExpand(row, false);
      else select(rows.slice(0, index).findLast((above) => above.depth < row.depth));
    } else if (!isSearching) onStep(row, act);
  };

  return (
    <div
      ref={tree}
      role="tree"
      tabIndex={0}
      className="site-tree"
      aria-label={t("tree")}
      aria-description={t("moveHint")}
      aria-activedescendant={index < 0 || selectedId === null ? undefined : elementId(selectedId)}
      onKeyDown={followKeys}
    >
      {rows.map((row) => (
        <SiteTreeItem
          key={row.id}
          row={row}
          elementId={elementId(row.id)}
          isSelected={row.id === selectedId}
          isExpanded={row.type === "folder" && (row.folder.isExpanded || isSearching)}
          isMovable={!isSearching}
          onSelect={onSelect}
          onOpen={onOpen}
          onExpand={onExpand}
          onDrop={onDrop}
        />
      ))}
    </div>
  );
}

type TreeAction =
  | "next"
  | "previous"
  | "first"
  | "last"
  | "left"
  | "right"
  | "open"
  | "rename"
  | "remove"
  | "up"
  | "down"
  | "into";

const plainKeys: Readonly<Record<string, TreeAction>> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
  ArrowLeft: "left",
  ArrowRight: "right",
  Enter: "open",
  F2: "rename",
  Delete: "remove",
};
const altKeys: Readonly<Record<string, TreeAction>> = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "into" };

function actionOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): TreeAction | null {
  if (ctrlKey || metaKey) return null;
  return (altKey ? altKeys : plainKeys)[key] ?? null;
}
