import { useEffect, useState } from "react";

/** Whether something has been going on for longer than this. */
export function useLongerThan(isGoingOn: boolean, delayMs: number): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setTimeout(() => setLong(true), delayMs);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isGoingOn, delayMs]);
  return isLong && isGoingOn;
}
