import { useTranslation } from "react-i18next";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { applySessionShown, useDockStore } from "../../stores/dockStore.ts";
import { useProgressStore } from "../../stores/progressStore.ts";
import { useQueueStore } from "../../stores/queueStore.ts";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { RetryCountdown } from "./RetryCountdown.tsx";
import { shareDone, stateWords } from "./transferWords.ts";

/** State, speed and time left of a transfer that has not ended. */
export function QueuedCells({ transfer }: { readonly transfer: Transfer }) {
  const isLane = transfer.state === "running" && transfer.kind === "file";
  if (isLane) return <LaneCells transfer={transfer} />;
  return (
    <>
      <span role="gridcell" aria-colspan={3} className="queue-cell queue-state" data-state={transfer.state}>
        {transfer.state === "backoff" && transfer.retryAtMs !== null ? (
          <RetryCountdown retryAtMs={transfer.retryAtMs} errorKind={transfer.errorKind} />
        ) : (
          <WaitingWords transfer={transfer} />
        )}
      </span>
      <span role="gridcell" className="columnSession" />
    </>
  );
}

/** A running file: the one part of the queue that draws ten times a second, and draws nothing else. */
function LaneCells({ transfer }: { readonly transfer: Transfer }) {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const live = useProgressStore((state) => state.byId.get(transfer.id));
  const bytesDone = live?.bytesDone ?? transfer.bytesDone;
  const share = shareDone(bytesDone, live?.size ?? transfer.size);
  const words =
    live?.session == null && bytesDone === 0
      ? t("stateAwaitsSession")
      : share === null
        ? t("stateUnknownSize", { size: formats.size(bytesDone) })
        : t("stateRunning", { percent: Math.floor(share * 100) });
  return (
    <>
      <span role="gridcell" className="queue-cell queue-lane">
        <ProgressBar label={t("columnState")} share={share} tone={transfer.direction} />
        <span className="queue-percent">{words}</span>
      </span>
      <span role="gridcell" className="queue-cell queue-figure">
        {live && live.bytesPerSecond > 0 ? formats.speed(live.bytesPerSecond) : ""}
      </span>
      <span role="gridcell" className="queue-cell queue-figure">
        {live?.etaMs == null ? "" : formats.duration(live.etaMs)}
      </span>
      <span role="gridcell" className="queue-cell queue-faint columnSession">
        {live?.session ? <SessionLink session={live.session} /> : null}
      </span>
    </>
  );
}

/** The session of a lane; a press shows what it says. The keys have the transfer's details for that. */
function SessionLink({ session }: { readonly session: string }) {
  const { t } = useTranslation("dock");
  return (
    <button
      type="button"
      tabIndex={-1}
      className="queue-next-step"
      title={t("showSession", { session })}
      onClick={(event) => {
        event.stopPropagation();
        useDockStore.setState((state) => applySessionShown(state, session));
      }}
    >
      {session}
    </button>
  );
}

/** What a transfer that stands still waits for. */
function WaitingWords({ transfer }: { readonly transfer: Transfer }) {
  const { t } = useTranslation("dock");
  const isHeld = useQueueStore((state) => !state.summary.isProcessing);
  return transfer.state === "queued" && isHeld ? t("stateHeld") : stateWords(transfer, t);
}
