import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ChevronDown, ChevronRight, Folder, FolderOpen, Server } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { SiteTreeRow } from "../stores/sitesStore.ts";
import { type DropZone, zoneAt } from "./siteMoves.ts";

export type SiteTreeItemProps = {
  readonly row: SiteTreeRow;
  readonly elementId: string;
  readonly isSelected: boolean;
  readonly isExpanded: boolean;
  readonly isMovable: boolean;
  readonly onSelect: (row: SiteTreeRow) => void;
  readonly onOpen: (row: SiteTreeRow) => void;
  readonly onExpand: (row: SiteTreeRow, isExpanded: boolean) => void;
  readonly onDrop: (id: string, target: SiteTreeRow, zone: DropZone) => void;
};

const dragType = "site";

/** A folder or a site. The keyboard belongs to the tree around it. */
export function SiteTreeItem(props: SiteTreeItemProps) {
  const { row, elementId, isSelected, isExpanded, isMovable, onSelect, onOpen, onExpand, onDrop } = props;
  const element = useRef<HTMLDivElement>(null);
  const [zone, setZone] = useState<DropZone | null>(null);
  const latest = useRef({ row, onDrop });
  latest.current = { row, onDrop };
  const isFolder = row.type === "folder";

  useEffect(() => {
    const node = element.current;
    if (node === null || !isMovable) return;
    const zoneUnder = (clientY: number): DropZone => {
      const { top, height } = node.getBoundingClientRect();
      return zoneAt((clientY - top) / height, isFolder);
    };
    return combine(
      draggable({ element: node, getInitialData: () => ({ type: dragType, id: latest.current.row.id }) }),
      dropTargetForElements({
        element: node,
        canDrop: ({ source }) => source.data.type === dragType && source.data.id !== latest.current.row.id,
        onDrag: ({ location }) => setZone(zoneUnder(location.current.input.clientY)),
        onDragLeave: () => setZone(null),
        onDrop: ({ source, location }) => {
          setZone(null);
          const under = zoneUnder(location.current.input.clientY);
          latest.current.onDrop(String(source.data.id), latest.current.row, under);
        },
      }),
    );
  }, [isFolder, isMovable]);

  const Glyph = isFolder ? (isExpanded ? FolderOpen : Folder) : Server;
  const Chevron = isExpanded ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it follows the keys
    <div
      ref={element}
      id={elementId}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      aria-expanded={isFolder ? isExpanded : undefined}
      className="site-row"
      data-zone={zone ?? undefined}
      style={{ paddingInlineStart: `${6 + row.depth * 16}px` }}
      onClick={() => onSelect(row)}
      onDoubleClick={() => onOpen(row)}
    >
      <span
        aria-hidden
        className="site-chevron"
        onClick={(event) => {
          event.stopPropagation();
          if (isFolder) onExpand(row, !isExpanded);
        }}
      >
        {isFolder ? <Chevron size={14} /> : null}
      </span>
      <Glyph size={16} aria-hidden className={isFolder ? "site-glyph-folder" : "site-glyph"} />
      <span className="site-row-name">{row.type === "folder" ? row.folder.name : row.site.name}</span>
      {row.type === "site" && row.site.colour !== "none" ? (
        <span className="site-dot" data-colour={row.site.colour} aria-hidden />
      ) : null}
    </div>
  );
}
