import { useUiStore } from "../stores/uiStore.ts";
import { SiteManager } from "./SiteManager.tsx";

/** The site manager while it is open. Each opening begins afresh. */
export function SiteManagerDialog() {
  const siteId = useUiStore(({ dialog }) => (dialog?.kind === "siteManager" ? dialog.siteId : undefined));
  return siteId === undefined ? null : <SiteManager siteId={siteId} />;
}
