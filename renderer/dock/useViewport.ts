import { type RefObject, useLayoutEffect, useState } from "react";
import type { Viewport } from "./queue/rowsInView.ts";

/** Where a scrolling element stands, kept up to date while it scrolls and changes its height. */
export function useViewport(box: RefObject<HTMLElement | null>): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ scrollTop: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const read = (): void => {
      const next = { scrollTop: element.scrollTop, height: element.clientHeight };
      setViewport((old) => (old.scrollTop === next.scrollTop && old.height === next.height ? old : next));
    };
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    read();
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [box]);
  return viewport;
}
