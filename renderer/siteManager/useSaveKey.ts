import { useEffect, useRef } from "react";

/** Ctrl+S while the site manager is open saves, wherever the focus is; the window's own Ctrl+S is not reached. */
export function useSaveKey(save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const follow = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener("keydown", follow, { capture: true });
    return () => window.removeEventListener("keydown", follow, { capture: true });
  }, []);
}
