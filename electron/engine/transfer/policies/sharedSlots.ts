/** From here on a file occupies its slot for so long that others feel it. Bytes. */
export const largeFileBytes = 16 * 1024 * 1024;

export function isLarge({ size }: { readonly size: number | null }): boolean {
  return size !== null && size >= largeFileBytes;
}

/**
 * How many of `slots` large files may occupy while small ones wait: one slot of four is kept for those, so that a drop of many small
 * files behind a few disk images does not stand still. With one or two slots the order alone counts.
 */
export function mostLargeFiles(slots: number): number {
  return slots <= 2 ? slots : slots - Math.max(1, Math.floor(slots / 4));
}
