import "./dragDrop.css";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { monitorForExternal } from "@atlaskit/pragmatic-drag-and-drop/external/adapter";
import { containsFiles } from "@atlaskit/pragmatic-drag-and-drop/utils/contains-files";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { DropWish } from "../intents/transferIntents.ts";
import { usePaneActions } from "../panes/usePaneActions.ts";
import { entriesIn, targetIn } from "./dragData.ts";
import { collectDropped } from "./dropped.ts";
import { type FolderTarget, planDrop } from "./planDrop.ts";
import { useDragWords } from "./useDragWords.ts";
import { useDroppedUpload } from "./useDroppedUpload.ts";

const springMs = 700; // long enough to pass over a folder, short enough to wait for

type Input = { readonly clientX: number; readonly clientY: number; readonly shiftKey: boolean };
type Location = {
  readonly current: {
    readonly input: Input;
    readonly dropTargets: { readonly data: Record<string | symbol, unknown> }[];
  };
};

/** Watches every drag: says what a drop would do, opens folders held over, and carries the drop out. */
export function DragLayer() {
  const actions = { local: usePaneActions("local"), remote: usePaneActions("remote") };
  const upload = useDroppedUpload();
  const words = useDragWords();
  const [text, setText] = useState<string | null>(null);
  const preview = useRef<HTMLDivElement>(null);
  const spring = useRef<{ path: string; timer: ReturnType<typeof setTimeout> } | null>(null);

  const letGo = (): void => {
    if (spring.current) clearTimeout(spring.current.timer);
    spring.current = null;
  };

  type Say = (target: FolderTarget | null, plansFirst: boolean) => string;
  const follow = useEffectEvent((location: Location, say: Say): void => {
    const target = targetIn(location.current.dropTargets[0]?.data);
    setText(say(target, plansFirst(location)));
    const { clientX, clientY } = location.current.input;
    if (preview.current) preview.current.style.transform = `translate(${clientX + 14}px, ${clientY + 16}px)`;
    if (spring.current?.path === target?.path) return;
    letGo();
    if (target === null || !target.springs) return;
    const timer = setTimeout(() => actions[target.side].goTo(target.path), springMs);
    spring.current = { path: target.path, timer };
  });

  const finish = useEffectEvent(letGo);
  const sayEntries = useEffectEvent(words.entries);
  const sayFiles = useEffectEvent(words.files);
  const dropFiles = useEffectEvent(upload);
  const dropEntries = useEffectEvent((data: Record<string | symbol, unknown>, location: Location): void => {
    const target = targetIn(location.current.dropTargets[0]?.data);
    const plan = target === null ? null : planDrop(entriesIn(data), target);
    if (plan === null) return;
    if (plan.action === "move") void actions[plan.target.side].move(plan.entries, plan.target.path, plan.target.label);
    else actions[plan.target.side].transfer(plan.entries, plan.target.path, wishOf(location));
  });

  useEffect(() => {
    const end = (): void => {
      finish();
      setText(null);
    };
    return combine(
      monitorForElements({
        canMonitor: ({ source }) => entriesIn(source.data).length > 0,
        onDragStart: ({ source, location }) =>
          follow(location, (...where) => sayEntries(entriesIn(source.data), ...where)),
        onDrag: ({ source, location }) => follow(location, (...where) => sayEntries(entriesIn(source.data), ...where)),
        onDropTargetChange: ({ source, location }) =>
          follow(location, (...where) => sayEntries(entriesIn(source.data), ...where)),
        onDrop: ({ source, location }) => {
          end();
          dropEntries(source.data, location);
        },
      }),
      monitorForExternal({
        canMonitor: ({ source }) => containsFiles({ source }),
        onDragStart: ({ location }) => follow(location, sayFiles),
        onDrag: ({ location }) => follow(location, sayFiles),
        onDropTargetChange: ({ location }) => follow(location, sayFiles),
        onDrop: ({ source, location }) => {
          end();
          const target = targetIn(location.current.dropTargets[0]?.data);
          // The items are empty once this handler has returned.
          if (target !== null) dropFiles(collectDropped(source.items), target, wishOf(location));
        },
      }),
    );
  }, []);

  useEffect(keepFilesOffThePage, []);

  return (
    <div ref={preview} className="drag-preview" hidden={text === null || text === ""} aria-hidden>
      {text}
    </div>
  );
}

/** Shift asks for the plan before anything moves. */
function plansFirst({ current }: Location): boolean {
  return current.input.shiftKey;
}

function wishOf(location: Location): DropWish {
  return plansFirst(location) ? { plansFirst: true } : {};
}

/** A file dropped beside the panes would replace the page by itself. */
function keepFilesOffThePage(): () => void {
  const refuse = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files") || event.defaultPrevented) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  };
  window.addEventListener("dragover", refuse);
  window.addEventListener("drop", refuse);
  return () => {
    window.removeEventListener("dragover", refuse);
    window.removeEventListener("drop", refuse);
  };
}
