/** The queue and the log. */
export function Dock() {
  return null;
}
