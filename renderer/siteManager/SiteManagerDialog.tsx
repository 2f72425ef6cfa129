/** The saved sites. */
export function SiteManagerDialog() {
  return null;
}
