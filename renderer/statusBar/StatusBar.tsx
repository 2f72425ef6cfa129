/** One line about the connection and the transfers. */
export function StatusBar() {
  return null;
}
