import type { Socket } from "node:net";
import { AppError } from "../../../../shared/errors/appError.ts";

/**
 * Calls `onSilence` with `connection-timeout` when nothing has moved on the socket for `timeoutMs`. Node counts bytes that leave the
 * write queue as movement, so that a large write over a slow link is not taken for a dead one. `isTheirTurn`: false while we are the
 * ones who keep the other side waiting. Returns its undo.
 */
export function watchSilence(
  socket: Socket,
  timeoutMs: number,
  isTheirTurn: () => boolean,
  onSilence: (error: AppError) => void,
): () => void {
  const look = () => {
    if (isTheirTurn()) onSilence(new AppError("connection-timeout", `No data for ${timeoutMs / 1000} s`));
    else socket.setTimeout(timeoutMs);
  };
  socket.setTimeout(timeoutMs).on("timeout", look);
  return () => {
    socket.setTimeout(0).off("timeout", look);
  };
}
