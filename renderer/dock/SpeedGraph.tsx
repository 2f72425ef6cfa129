import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/useFormats.ts";
import { graphSpanMs, useProgressStore } from "../stores/progressStore.ts";
import { Speeds } from "./Speeds.tsx";
import { spanFor, speedCurve } from "./speedCurve.ts";

const box = { width: 200, height: 60 };

/** The speeds of the last minutes, upload and download on one scale. */
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

/** Draws once a second at most. */
function Curves() {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const samples = useProgressStore((state) => state.samples);
  const spanMs = spanFor(samples, graphSpanMs);
  const curve = speedCurve(samples, samples.at(-1)?.atMs ?? 0, spanMs, box);
  const hasMoved = samples.some(({ upload, download }) => upload + download > 0);
  return (
    <div className="speed-graph-frame" aria-hidden>
      {hasMoved ? <span className="speed-graph-peak">{formats.speed(curve.peak)}</span> : null}
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: hidden; the figure has the name, the caption the figures */}
      <svg className="speed-graph-curves" viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none">
        <path className="speed-area" d={curve.download.area} data-direction="download" />
        <path className="speed-area" d={curve.upload.area} data-direction="upload" />
        <path className="speed-line" d={curve.download.line} data-direction="download" />
        <path className="speed-line" d={curve.upload.line} data-direction="upload" />
      </svg>
      {hasMoved ? <span className="speed-graph-span">{t("graphSpan", { time: formats.duration(spanMs) })}</span> : null}
    </div>
  );
}
