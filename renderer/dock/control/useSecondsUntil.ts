import { useEffect, useState } from "react";

/** Whole seconds left until a moment, counted down; 0 or less when it has passed. */
export function useSecondsUntil(atMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.ceil((atMs - nowMs) / 1_000);
}
