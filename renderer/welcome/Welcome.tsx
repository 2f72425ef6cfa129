/** What an empty remote pane offers. */
export function Welcome() {
  return null;
}
