import type { EngineClient } from "../../shared/contract/contract.ts";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import { applyActiveSide, useUiStore } from "../stores/uiStore.ts";
import { connectionIntents } from "./connectionIntents.ts";
import { folderIntents } from "./folderIntents.ts";

/** Shows a local folder in its pane. */
export function showLocalFolder(engine: EngineClient, path: string): void {
  folderIntents(engine, "local").goTo(path);
  useUiStore.setState((state) => applyActiveSide(state, "local"));
}

/** Shows a folder of a site, as people read its path, in the remote pane, connecting to the site where another one is shown. Rejects with AppError. */
export async function showRemoteFolder(engine: EngineClient, siteId: string, path: string): Promise<void> {
  useUiStore.setState((state) => applyActiveSide(state, "remote"));
  const current = currentConnection(useConnectionStore.getState());
  if (current?.siteId === siteId && current.status.state === "connected") {
    return folderIntents(engine, "remote").goToTyped(path);
  }
  return connectionIntents(engine).openSiteAt(siteId, path);
}
