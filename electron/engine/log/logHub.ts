import type { LogKind, LogLine } from "../../../shared/models/logLine.ts";
import type { Clock, SessionLog } from "../ports.ts";
import { createRedactor } from "./redactor.ts";

export type LogHub = {
  /** The log of one session ("browse 1"), or of Portside itself (null). */
  readonly sessionLog: (session: string | null) => SessionLog;
  /** From now on this text is masked, in every form, before a line is kept. */
  readonly hideSecret: (secret: string) => void;
  /** The kept lines at once, then new ones in batches. Returns its undo. */
  readonly watch: (emit: (lines: readonly LogLine[]) => void) => () => void;
  /** Stops the batch timer; nobody is told any more. */
  readonly close: () => void;
};

const keptLines = 5_000; // what a user scrolls back through; about 1 MB
const batchMs = 50; // 20 batches a second are smooth to read and cheap to send

/** The message log: a ring of lines, secrets masked on entry. */
export function createLogHub(clock: Clock): LogHub {
  const redactor = createRedactor();
  const watchers = new Set<(lines: readonly LogLine[]) => void>();
  let lines: LogLine[] = [];
  let pending: LogLine[] = [];
  let stopTimer: (() => void) | null = null;
  let lastId = 0;

  const flush = () => {
    stopTimer = null;
    const batch = pending;
    pending = [];
    for (const emit of [...watchers]) emit(batch);
  };

  const write = (kind: LogKind, session: string | null, text: string) => {
    const line = { id: ++lastId, atMs: clock.now(), kind, session, text: redactor.redact(text) };
    lines.push(line);
    if (lines.length >= keptLines * 2) lines = lines.slice(-keptLines);
    if (watchers.size === 0) return;
    pending.push(line);
    stopTimer ??= clock.setTimer(batchMs, flush);
  };

  return {
    sessionLog: (session) => ({
      status: (text) => write("status", session, text),
      command: (text) => write("command", session, text),
      reply: (text) => write("reply", session, text),
      error: (text) => write("error", session, text),
      listing: (text) => write("listing", session, text),
    }),
    hideSecret: redactor.add,
    watch: (emit) => {
      // What waits for the others is in the snapshot already: hand it out first, so that nobody hears a line twice.
      if (stopTimer) {
        stopTimer();
        flush();
      }
      emit(lines.slice(-keptLines));
      watchers.add(emit);
      return () => watchers.delete(emit);
    },
    close: () => {
      stopTimer?.();
      stopTimer = null;
      watchers.clear();
    },
  };
}
