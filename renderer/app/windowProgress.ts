/** How far the queue is, on the tab or window of those who look elsewhere. null: nothing moves. */
export function titleOf(progress: { readonly percent: string; readonly speed: string } | null, name: string): string {
  return progress === null ? name : `${progress.percent} · ${progress.speed} – ${name}`;
}

const size = 32;
const radius = 12;
const round = 2 * Math.PI * radius;

/** A ring that fills, as the address of a picture; the colours are those of the application's icon. */
export function ringIcon(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * round * 10) / 10;
  const circle = `cx="16" cy="16" r="${radius}" fill="none" stroke-width="8"`;
  const ring = `<circle ${circle} stroke="#9db4cc"/><circle ${circle} stroke="#2a7bd0" stroke-dasharray="${filled} 99" transform="rotate(-90 16 16)"/>`;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">${ring}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}
