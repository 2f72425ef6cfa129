import { useEffect, useState } from "react";

const stepMs = 30_000;

/** The time, in steps of half a minute: fine enough for "5 min ago", rare enough to cost nothing. */
export function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
