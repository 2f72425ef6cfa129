import type { Socket } from "node:net";

/**
 * Closes a connection with a reset, so that the other side does not take what has come for all there is. While its own end is still on
 * the way out the system refuses a reset, and the socket would stay open for ever: it is closed without one then.
 */
export function breakOff(socket: Socket): void {
  if (socket.destroyed) return;
  const isEnding = socket.writableEnded && !socket.writableFinished;
  if (isEnding) socket.destroy();
  else socket.resetAndDestroy();
}
