import { type RefObject, useLayoutEffect } from "react";

/**
 * A question that the user's own act has raised may have the keyboard; one that comes up while the user types elsewhere may not.
 * Gives the focus back to where it was when the card goes.
 */
export function useCardFocus(first: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    if (isTyping(before)) return;
    first.current?.focus({ preventScroll: true });
    return () => {
      const isStillHere = document.activeElement === document.body || document.activeElement === null;
      if (isStillHere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [first]);
}

/** In the connection form of the top bar one waits for just this question: there the focus may move on. */
function isTyping(element: Element | null): boolean {
  const takesText = element?.matches("input, textarea, [contenteditable]") ?? false;
  return takesText && element?.closest("header") === null;
}
