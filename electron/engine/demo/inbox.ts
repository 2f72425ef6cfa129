import type { Socket } from "node:net";
import type { Clock } from "./clock.ts";
import { BrokenInput, createLineCutter } from "./commandLines.ts";

/** The commands a client has sent, in order, each taken when the one before is answered. */
export type Inbox = {
  readonly onLine: (callback: (line: string) => void) => void;
  /** Lines that came and were not taken yet. */
  readonly waiting: () => number;
  /** The next line in order. Rejects with BrokenInput once the lines before the broken one are taken. */
  readonly next: (clock: Clock, idleMs: number) => Promise<{ readonly line: string } | "ended" | "silent">;
};

const waitingLines = 200; // a client may send ahead; beyond this TCP makes it wait

export function createInbox(socket: Socket): Inbox {
  const cut = createLineCutter();
  const lines: string[] = [];
  let listener: (line: string) => void = () => {};
  let wake: () => void = () => {};
  let broken: BrokenInput | null = null;
  let hasEnded = false;

  socket.on("data", (chunk) => {
    if (broken) return;
    try {
      for (const line of cut(chunk)) {
        listener(line);
        lines.push(line);
      }
    } catch (error) {
      broken = error instanceof BrokenInput ? error : new BrokenInput("That cannot be read.");
    }
    if (lines.length > waitingLines) socket.pause();
    wake();
  });
  const end = () => {
    hasEnded = true;
    wake();
  };
  socket.on("end", end).on("close", end);

  return {
    onLine: (callback) => {
      listener = callback;
    },
    waiting: () => lines.length,
    next: async (clock, idleMs) => {
      let isSilent = false;
      const stop = clock.setTimer(idleMs, () => {
        isSilent = true;
        wake();
      });
      try {
        while (lines.length === 0 && !broken && !hasEnded && !isSilent) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        stop();
      }
      const line = lines.shift();
      if (line !== undefined) {
        if (lines.length < waitingLines / 2) socket.resume();
        return { line };
      }
      if (broken) throw broken;
      return hasEnded ? "ended" : "silent";
    },
  };
}
