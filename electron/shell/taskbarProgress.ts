import type { EngineApi } from "../../shared/contract/contract.ts";

const gone = -1; // Electron's numbers for BrowserWindow.setProgressBar
const unknownEnd = 2;

/** Shows in the taskbar (the dock, the launcher) how far the queue is, in steps of a hundredth. Returns its end. */
export function showTaskbarProgress(
  api: Pick<EngineApi, "queue.watchSummary" | "progress.watch">,
  show: (share: number) => void,
): () => void {
  let shown = gone;
  let plannedBytes = 0;
  let before = 0;
  let isRunning = false;

  const tell = (bytesRemaining: number): void => {
    const share = plannedBytes === 0 ? unknownEnd : Math.floor((1 - bytesRemaining / plannedBytes) * 100) / 100;
    const next = isRunning ? Math.max(0, share) : gone;
    if (next === shown) return;
    shown = next;
    show(next);
  };

  const stops = [
    api["queue.watchSummary"]({}, ({ queued, running, waiting, paused, bytesRemaining }) => {
      const hasWork = queued + running + waiting + paused > 0;
      const added = Math.max(0, bytesRemaining - before);
      plannedBytes = hasWork ? Math.max(plannedBytes + added, bytesRemaining) : 0;
      before = bytesRemaining;
      isRunning = running > 0;
      tell(bytesRemaining);
    }),
    api["progress.watch"]({}, ({ total }) => tell(Math.min(total.bytesRemaining, plannedBytes))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
