/** Speed as people read it: an average over the last few seconds, in which an older second counts less. Bytes per second. */
export type Speedometer = {
  readonly add: (bytes: number) => void;
  readonly read: (nowMs: number) => number;
};

const memoryMs = 3_000; // shorter flickers, longer lags behind a stall

/** Both bytes and time fade alike, so the first reading is as right as a later one. */
export function startSpeedometer(startMs: number): Speedometer {
  let added = 0;
  let bytes = 0;
  let spanMs = 0;
  let readMs = startMs;
  return {
    add: (count) => {
      added += count;
    },
    read: (nowMs) => {
      const passedMs = Math.max(nowMs - readMs, 0);
      const fade = Math.exp(-passedMs / memoryMs);
      bytes = bytes * fade + added;
      spanMs = spanMs * fade + passedMs;
      added = 0;
      readMs = nowMs;
      return spanMs < 1 ? 0 : Math.round((bytes / spanMs) * 1000);
    },
  };
}
