import type { Connection } from "../../shared/models/connection.ts";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";

/** The connection whose files the remote pane shows. */
export function useShownConnection(): Connection | null {
  return useConnectionStore(currentConnection);
}
