/** Where a key moves the focus in a list; null: the key does not move it. */
export function targetIndex(key: string, focusIndex: number, total: number, pageRows: number): number | null {
  if (total === 0) return null;
  const last = total - 1;
  const within = (index: number): number => Math.min(last, Math.max(0, index));
  switch (key) {
    case "ArrowDown":
      return within(focusIndex + 1);
    case "ArrowUp":
      return focusIndex < 0 ? last : within(focusIndex - 1);
    case "PageDown":
      return within(Math.max(focusIndex, 0) + pageRows);
    case "PageUp":
      return within(focusIndex - pageRows);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
