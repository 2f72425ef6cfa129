/** Site, quick connect and actions. */
export function TopBar() {
  return <header />;
}
