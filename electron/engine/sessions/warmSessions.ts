import type { Clock } from "../ports.ts";
import type { RemoteSession } from "./remoteSession.ts";

/** Sessions that nobody has borrowed, kept for the next loan: for a while, and as long as the server keeps them. */
export type WarmSessions = {
  readonly count: () => number;
  readonly keep: (session: RemoteSession) => void;
  /** The warmest that still works. */
  readonly take: () => RemoteSession | null;
  /** Lets go of the one that was unused the longest. */
  readonly dropColdest: () => void;
  readonly dropAll: () => void;
};

type Warm = { readonly session: RemoteSession; readonly forget: () => void };

const idleMs = 60_000; // long enough for the next drop, shorter than most servers' patience

/** `close` gets every session that is let go of. */
export function createWarmSessions(clock: Clock, close: (session: RemoteSession) => void): WarmSessions {
  let idle: Warm[] = [];

  const drop = (warm: Warm | undefined) => {
    if (warm === undefined) return;
    idle = idle.filter((each) => each !== warm);
    warm.forget();
    close(warm.session);
  };

  return {
    count: () => idle.length,
    keep: (session) => {
      const stopTimer = clock.setTimer(idleMs, () => drop(warm));
      const stopListening = session.onLost(() => drop(warm));
      const forget = () => {
        stopTimer();
        stopListening();
      };
      const warm = { session, forget };
      idle.push(warm);
    },
    take: () => {
      for (let warm = idle.pop(); warm; warm = idle.pop()) {
        warm.forget();
        if (warm.session.isUsable) return warm.session;
        close(warm.session);
      }
      return null;
    },
    dropColdest: () => drop(idle[0]),
    dropAll: () => {
      for (const warm of [...idle]) drop(warm);
    },
  };
}
