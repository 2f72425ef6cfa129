import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/useFormats.ts";
import { graphSpanMs, useProgressStore } from "../stores/progressStore.ts";
import { speedCurve } from "./speedCurve.ts";

const box = { width: 200, height: 60 };

/** The speeds of the last minutes, upload and download on one scale. Draws once a second at most. */
export function SpeedGraph() {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const samples = useProgressStore((state) => state.samples);
  const last = samples.at(-1);
  const curve = speedCurve(samples, last?.atMs ?? 0, graphSpanMs, box);
  const hasMoved = samples.some(({ upload, download }) => upload + download > 0);
  const now = { upload: formats.speed(last?.upload ?? 0), download: formats.speed(last?.download ?? 0) };
  return (
    <figure className="speed-graph" aria-label={`${t("graph")}. ${t("graphNow", now)}`}>
      <figcaption aria-hidden>
        <span data-direction="upload">
          <ArrowUp size={12} />
          {now.upload}
        </span>
        <span data-direction="download">
          <ArrowDown size={12} />
          {now.download}
        </span>
      </figcaption>
      <div className="speed-graph-frame" aria-hidden>
        {hasMoved ? <span className="speed-graph-peak">{formats.speed(curve.peak)}</span> : null}
        <svg className="speed-graph-curves" viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none">
          <title>{t("graph")}</title>
          <path d={curve.download} data-direction="download" />
          <path d={curve.upload} data-direction="upload" />
        </svg>
      </div>
    </figure>
  );
}
