import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { dropTargetForExternal } from "@atlaskit/pragmatic-drag-and-drop/external/adapter";
import { containsFiles } from "@atlaskit/pragmatic-drag-and-drop/utils/contains-files";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { carryTarget, entriesIn } from "./dragData.ts";
import { type FolderTarget, planDrop } from "./planDrop.ts";

/**
 * Makes an element take entries of the panes and files of the operating system. `target` is asked at the moment; null: not here.
 * Returns whether a drop now would land here. What the drop does is DragLayer's.
 */
export function useFolderDrop(element: RefObject<HTMLElement | null>, target: () => FolderTarget | null): boolean {
  const [isInnermost, setInnermost] = useState(false);
  const currentTarget = useEffectEvent(target);

  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    const follow = ({ location }: { location: { current: { dropTargets: { element: Element }[] } } }) =>
      setInnermost(location.current.dropTargets[0]?.element === node);
    const leave = () => setInnermost(false);
    const common = {
      element: node,
      getData: () => {
        const now = currentTarget();
        return now === null ? {} : carryTarget(now);
      },
      onDropTargetChange: follow,
      onDragEnter: follow,
      onDragLeave: leave,
      onDrop: leave,
    };
    return combine(
      dropTargetForElements({
        ...common,
        getDropEffect: () => "copy",
        canDrop: ({ source }) => {
          const now = currentTarget();
          return now !== null && planDrop(entriesIn(source.data), now) !== null;
        },
      }),
      dropTargetForExternal({
        ...common,
        getDropEffect: () => "copy",
        canDrop: ({ source }) => containsFiles({ source }) && currentTarget() !== null,
      }),
    );
  }, [element]);

  return isInnermost;
}
