import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";

export type SplitterProps = {
  readonly label: string;
  /** "vertical": a line from top to bottom that moves sideways. */
  readonly orientation: "vertical" | "horizontal";
  /** Share of the first part, 0–1. */
  readonly share: number;
  readonly min?: number;
  readonly max?: number;
  /** Called while it moves. */
  readonly onMove: (share: number) => void;
  readonly defaultShare?: number;
};

const keyStep = 0.02;

/** The movable line between two parts of its parent. Arrow keys, Home and End move it; a double press puts it back. */
export function Splitter(props: SplitterProps) {
  const { label, orientation, share, min = 0.15, max = 0.85, onMove, defaultShare = 0.5 } = props;
  const line = useRef<HTMLDivElement>(null);
  const [isDragging, setDragging] = useState(false);
  const isVertical = orientation === "vertical";

  const moveTo = (next: number) => onMove(Math.min(max, Math.max(min, next)));

  const followPointer = (event: PointerEvent) => {
    const frame = line.current?.parentElement?.getBoundingClientRect();
    if (!isDragging || !frame) return;
    moveTo(isVertical ? (event.clientX - frame.left) / frame.width : (event.clientY - frame.top) / frame.height);
  };

  const followKeys = (event: KeyboardEvent) => {
    const next = {
      [isVertical ? "ArrowLeft" : "ArrowUp"]: share - keyStep,
      [isVertical ? "ArrowRight" : "ArrowDown"]: share + keyStep,
      Home: min,
      End: max,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    moveTo(next);
  };

  return (
    <div
      ref={line}
      role="separator"
      tabIndex={0}
      className="splitter"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={Math.round(min * 100)}
      aria-valuemax={Math.round(max * 100)}
      data-dragging={isDragging ? "" : undefined}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={followPointer}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onDoubleClick={() => moveTo(defaultShare)}
      onKeyDown={followKeys}
    />
  );
}
