import { create } from "zustand";
import type { Connection } from "../../shared/models/connection.ts";

export type ConnectionState = {
  readonly connections: readonly Connection[];
  /** The one the remote pane shows. */
  readonly currentId: string | null;
  /** A path typed with the address, to go to once the connection stands; null: the site's own beginning. */
  readonly wish: string | null;
};

export const initialConnections: ConnectionState = { connections: [], currentId: null, wish: null };

export const useConnectionStore = create<ConnectionState>(() => initialConnections);

/**
 * News of all connections. The shown one stays while it exists; after a reload of the window the first living one is shown again.
 */
export function applyConnections(state: ConnectionState, connections: readonly Connection[]): ConnectionState {
  // One just opened may be known here before its news arrives.
  const isAwaited = state.currentId !== null && !state.connections.some(({ id }) => id === state.currentId);
  const stays = isAwaited || connections.some(({ id }) => id === state.currentId);
  const living = connections.find(({ status }) => status.state !== "closed" && status.state !== "failed");
  return { ...state, connections, currentId: stays ? state.currentId : (living?.id ?? null) };
}

export function applyCurrent(state: ConnectionState, currentId: string | null): ConnectionState {
  return { ...state, currentId };
}

export function applyWish(state: ConnectionState, wish: string | null): ConnectionState {
  return { ...state, wish };
}

export function currentConnection({
  connections,
  currentId,
}: Pick<ConnectionState, "connections" | "currentId">): Connection | null {
  return connections.find(({ id }) => id === currentId) ?? null;
}
