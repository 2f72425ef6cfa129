import type { Port } from "./frame.ts";

/** What a transport must do itself. `send` throws when a frame cannot be carried; `close` may be called once only. */
export type Wire = {
  readonly send: (frame: Parameters<Port["send"]>[0]) => void;
  readonly close: () => void;
};

/** A port and the two ends a transport pulls: `deliver` for each arriving frame, `end` when the other side has gone. */
export type WiredPort = {
  readonly port: Port;
  readonly deliver: (frame: unknown) => void;
  readonly end: () => void;
};

/**
 * The part every transport shares: listeners, frames that arrive before anyone listens, and a close that is told exactly once,
 * also to who asks late. Sending on a closed port does nothing: the news of the close is on its way.
 */
export function createPort(wire: Wire): WiredPort {
  const receivers = new Set<(frame: unknown) => void>();
  const closers = new Set<() => void>();
  let early: unknown[] = [];
  let isClosed = false;

  const end = (): void => {
    if (isClosed) return;
    isClosed = true;
    early = [];
    for (const closed of [...closers]) closed();
    closers.clear();
    receivers.clear();
  };

  return {
    deliver: (frame) => {
      if (isClosed) return;
      if (receivers.size === 0) early.push(frame);
      for (const receive of [...receivers]) receive(frame);
    },
    end,
    port: {
      send: (frame) => {
        if (!isClosed) wire.send(frame);
      },
      onFrame: (receive) => {
        receivers.add(receive);
        const waiting = early;
        early = [];
        for (const frame of waiting) receive(frame);
        return () => receivers.delete(receive);
      },
      onClose: (closed) => {
        if (isClosed) closed();
        else closers.add(closed);
        return () => closers.delete(closed);
      },
      close: () => {
        if (isClosed) return;
        wire.close();
        end();
      },
    },
  };
}
