import { ChevronRight, Folder, FolderOpen } from "lucide-react";
import { useRef } from "react";
import type { Side } from "../../shared/models/place.ts";
import { useFolderDrop } from "../dragDrop/useFolderDrop.ts";
import type { TreeRow as TreeRowFacts } from "../stores/treeStore.ts";

export type TreeRowProps = {
  readonly id: string;
  readonly side: Side;
  readonly row: TreeRowFacts;
  readonly top: number;
  /** Whether the list shows this folder. */
  readonly isShown: boolean;
  readonly isFocused: boolean;
  readonly onOpen: () => void;
  readonly onExpand: (isExpanded: boolean) => void;
};

const indent = 14;

/** A folder in the tree: press to go there, press the arrow to look inside, drop to put things there. */
export function TreeRow({ id, side, row, top, isShown, isFocused, onOpen, onExpand }: TreeRowProps) {
  const element = useRef<HTMLDivElement>(null);
  const isTarget = useFolderDrop(element, () => ({ side, path: row.path, label: row.name, springs: true }));
  const Glyph = isShown ? FolderOpen : Folder;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
    <div
      ref={element}
      id={id}
      role="treeitem"
      className="tree-row"
      aria-level={row.depth + 1}
      aria-expanded={row.mayHaveChildren ? row.isExpanded : undefined}
      aria-selected={isShown}
      aria-busy={row.isReading}
      data-focused={isFocused ? "" : undefined}
      data-drop={isTarget ? "" : undefined}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: 6 + row.depth * indent }}
      onClick={onOpen}
    >
      <span
        className="tree-arrow"
        data-expanded={row.isExpanded ? "" : undefined}
        aria-hidden
        onPointerDown={(event) => event.preventDefault()}
        onClick={(event) => {
          event.stopPropagation();
          if (row.mayHaveChildren) onExpand(!row.isExpanded);
        }}
      >
        {row.mayHaveChildren ? <ChevronRight size={14} /> : null}
      </span>
      <Glyph size={15} className="entry-icon entry-folder" aria-hidden />
      <span className="cell-text">{row.name}</span>
    </div>
  );
}
