export type ProgressBarProps = {
  readonly label: string;
  /** 0–1; null: under way, the end unknown. */
  readonly share: number | null;
  readonly tone?: "normal" | "upload" | "download" | "failed" | "waiting";
};

/** How much is done. Drawn with a transform, so that ten steps a second cost no layout. */
export function ProgressBar({ label, share, tone = "normal" }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
      className="progress"
      data-tone={tone}
      data-unknown={share === null ? "" : undefined}
    >
      <div className="progress-fill" style={share === null ? undefined : { transform: `scaleX(${share})` }} />
    </div>
  );
}
