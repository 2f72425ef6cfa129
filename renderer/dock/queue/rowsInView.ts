/** The part of a long list that is on screen. */
export type RowsInView = {
  /** Height of the scrolled content in pixels. */
  readonly contentHeight: number;
  readonly first: number;
  /** One past the last row. */
  readonly end: number;
  /** Where row `first` stands in the content, in pixels. */
  readonly top: number;
};

export type Viewport = { readonly scrollTop: number; readonly height: number };

// Chromium lays out nothing past about 33.5 million pixels: a million rows of 28 px just fit, ten million do not.
const maxContentHeight = 16_000_000;
const overscan = 6; // rows drawn beyond each edge, so that a fast wheel shows no gap

/**
 * Which of `total` rows of `rowHeight` pixels are in view. Past the height a browser can lay out, the scroll position stands for a
 * share of the list, and the rows are laid where the eye is: the bar then moves more than one row per pixel, every row stays reachable.
 */
export function rowsInView(total: number, rowHeight: number, { scrollTop, height }: Viewport): RowsInView {
  const fullHeight = total * rowHeight;
  const contentHeight = Math.min(fullHeight, maxContentHeight);
  const scrollable = Math.max(0, contentHeight - height);
  const position = Math.min(Math.max(scrollTop, 0), scrollable);
  const truePosition = scrollable === 0 ? 0 : (position / scrollable) * Math.max(0, fullHeight - height);
  const first = Math.max(0, Math.floor(truePosition / rowHeight) - overscan);
  const end = Math.min(total, Math.ceil((truePosition + height) / rowHeight) + overscan);
  return { contentHeight, first, end, top: position + (first * rowHeight - truePosition) };
}

/** The scroll position that brings a row into view with the least movement. */
export function scrollTopFor(index: number, total: number, rowHeight: number, viewport: Viewport): number {
  const fullHeight = total * rowHeight;
  const contentHeight = Math.min(fullHeight, maxContentHeight);
  const scrollable = Math.max(0, contentHeight - viewport.height);
  const trueScrollable = Math.max(0, fullHeight - viewport.height);
  if (trueScrollable === 0) return 0;
  const scale = scrollable / trueScrollable;
  const position = viewport.scrollTop / scale;
  const rowTop = index * rowHeight;
  if (rowTop < position) return rowTop * scale;
  const lowest = rowTop + rowHeight - viewport.height;
  return lowest > position ? lowest * scale : viewport.scrollTop;
}
