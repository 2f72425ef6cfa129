import { type RefObject, useLayoutEffect } from "react";

/**
 * "awaited": the user's own act has raised the question and waits for it, so it may have the keyboard, unless the user types
 * elsewhere. "sudden": it comes up in the middle of other work, and takes the keyboard only when nobody has it.
 */
export type Coming = "awaited" | "sudden";

/** Puts the focus on a card that comes up, where that disturbs nobody, and gives it back when the card goes. */
export function useCardFocus(first: RefObject<HTMLElement | null>, coming: Coming): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    if (!isIdle(before) && (coming === "sudden" || isTyping(before))) return;
    first.current?.focus({ preventScroll: true });
    return () => {
      // The card has gone with the focus in it.
      if (isIdle(document.activeElement) && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [first, coming]);
}

function isIdle(element: Element | null): boolean {
  return element === null || element === document.body;
}

/** In the connection form of the top bar one waits for just this question: there the focus may move on. */
function isTyping(element: Element | null): boolean {
  const takesText = element?.matches("input, textarea, [contenteditable]") ?? false;
  return takesText && element?.closest("header") === null;
}
