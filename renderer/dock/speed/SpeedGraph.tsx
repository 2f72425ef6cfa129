import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/useFormats.ts";
import { graphSpanMs, useProgressStore } from "../../stores/progressStore.ts";
import { useQueueStore } from "../../stores/queueStore.ts";
import { Speeds } from "./Speeds.tsx";
import { readCurve, spanFor, speedCurve } from "./speedCurve.ts";

const box = { width: 200, height: 60 };

/** The speeds of the last minutes, upload and download on one scale. Pointer and arrow keys read it. */
export function SpeedGraph() {
  const { t } = useTranslation("dock");
  return (
    <figure className="speed-graph" aria-label={t("graph")}>
      <figcaption>
        <Speeds />
      </figcaption>
      <Curves />
    </figure>
  );
}

/** Draws once a second at most, and where it is read. */
function Curves() {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const samples = useProgressStore((state) => state.samples);
  const [share, setShare] = useState<number | null>(null);
  const nowMs = samples.at(-1)?.atMs ?? 0;
  const spanMs = spanFor(samples, graphSpanMs);
  const curve = speedCurve(samples, nowMs, spanMs, box);
  const hasMoved = samples.some(({ upload, download }) => upload + download > 0);
  const words = useReading(samples, nowMs, spanMs, share ?? 1);

  const followPointer = ({ clientX, currentTarget }: PointerEvent): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setShare(Math.min(1, Math.max(0, (clientX - left) / width)));
  };
  const followKeys = (event: KeyboardEvent): void => {
    const next = nextShare(event.key, share ?? 1, spanMs);
    if (next === null) return;
    event.preventDefault();
    setShare(next);
  };

  return (
    <div
      className="speed-graph-frame"
      role="slider"
      tabIndex={0}
      aria-label={t("graph")}
      aria-valuemin={-Math.round(spanMs / 1_000)}
      aria-valuemax={0}
      aria-valuenow={-Math.round(((1 - (share ?? 1)) * spanMs) / 1_000)}
      aria-valuetext={words}
      onPointerMove={followPointer}
      onPointerLeave={() => setShare(null)}
      onKeyDown={followKeys}
      onBlur={() => setShare(null)}
    >
      {hasMoved ? <span className="speed-graph-peak">{share === null ? formats.speed(curve.peak) : words}</span> : null}
      <svg
        className="speed-graph-curves"
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        aria-hidden
      >
        <path className="speed-area" d={curve.download.area} data-direction="download" />
        <path className="speed-area" d={curve.upload.area} data-direction="upload" />
        <path className="speed-line" d={curve.download.line} data-direction="download" />
        <path className="speed-line" d={curve.upload.line} data-direction="upload" />
        {share === null || !hasMoved ? null : (
          <path className="speed-cursor" d={`M${share * box.width} 0V${box.height}`} />
        )}
      </svg>
      {hasMoved ? <span className="speed-graph-span">{t("graphSpan", { time: formats.duration(spanMs) })}</span> : null}
    </div>
  );
}

type Samples = Parameters<typeof readCurve>[0];

function useReading(samples: Samples, nowMs: number, spanMs: number, share: number): string {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const isRunning = useQueueStore((state) => state.summary.running > 0);
  const reading = readCurve(samples, nowMs, spanMs, share);
  if (reading === null) return t("graphNothing");
  const isNow = share === 1;
  const speed = (bytesPerSecond: number) => formats.speed(isNow && !isRunning ? 0 : bytesPerSecond);
  const speeds = { upload: speed(reading.upload), download: speed(reading.download) };
  return isNow ? t("graphReadNow", speeds) : t("graphRead", { ...speeds, ago: formats.duration(reading.agoMs) });
}

/** A second a press, ten with Page keys; Home and End are the ends of what is shown. null: a key of others. */
function nextShare(key: string, share: number, spanMs: number): number | null {
  const second = 1_000 / spanMs;
  const step: Record<string, number> = {
    ArrowLeft: -second,
    ArrowDown: -second,
    ArrowRight: second,
    ArrowUp: second,
    PageDown: -10 * second,
    PageUp: 10 * second,
    Home: -1,
    End: 1,
  };
  const by = step[key];
  return by === undefined ? null : Math.min(1, Math.max(0, share + by));
}
