import { create } from "zustand";
import type { Connection } from "../../shared/models/connection.ts";

export type ConnectionState = {
  readonly connections: readonly Connection[];
  /** The one the remote pane shows. */
  readonly currentId: string | null;
};

export const initialConnections: ConnectionState = { connections: [], currentId: null };

export const useConnectionStore = create<ConnectionState>(() => initialConnections);

/**
 * News of all connections. The shown one stays while it exists; after a reload of the window the first living one is shown again.
 */
export function applyConnections(state: ConnectionState, connections: readonly Connection[]): ConnectionState {
  const stays = connections.some(({ id }) => id === state.currentId);
  const living = connections.find(({ status }) => status.state !== "closed" && status.state !== "failed");
  return { connections, currentId: stays ? state.currentId : (living?.id ?? null) };
}

export function applyCurrent(state: ConnectionState, currentId: string | null): ConnectionState {
  return { ...state, currentId };
}

export function currentConnection({ connections, currentId }: ConnectionState): Connection | null {
  return connections.find(({ id }) => id === currentId) ?? null;
}
