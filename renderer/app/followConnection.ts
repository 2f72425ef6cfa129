import type { EngineClient } from "../../shared/contract/contract.ts";
import { toWireError } from "../../shared/errors/appError.ts";
import type { Connection } from "../../shared/models/connection.ts";
import { localPlace, type Place } from "../../shared/models/place.ts";
import { applyWish, type ConnectionState, currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import { applyGoTo, applyTrouble, emptyPane, paneStores } from "../stores/paneStore.ts";
import { useSitesStore } from "../stores/sitesStore.ts";
import { emptyTree, treeStores } from "../stores/treeStore.ts";

/** Points the remote pane at the shown connection, and both panes at the site's folders once the login has succeeded. */
export function followConnection(engine: EngineClient): () => void {
  const { local, remote } = paneStores;

  const follow = (state: ConnectionState, before: ConnectionState): void => {
    const connection = currentConnection(state);
    const shown = remote.getState().place;
    const shownId = shown?.side === "remote" ? shown.connectionId : null;
    if (shownId !== (connection?.id ?? null)) {
      remote.setState(emptyPane(connection === null ? null : { side: "remote", connectionId: connection.id }));
    }
    if (connection === null) return;
    if (isReadAnew(connection, before)) treeStores.remote.setState(emptyTree); // its names were read in another way
    const { path, phase } = remote.getState();
    if (path === null) {
      if (connection.startPath !== null) void enter(connection, connection.startPath, state.wish);
    } else if (phase === "failed" && connection.status.state === "connected" && wasAway(connection.id, before)) {
      remote.setState((pane) => applyGoTo(pane, path)); // back in the folder that could not be read meanwhile
    }
  };

  async function enter(connection: Connection, startPath: string, wish: string | null): Promise<void> {
    remote.setState((pane) => applyGoTo(pane, startPath));
    useConnectionStore.setState((state) => applyWish(state, null));
    const site = useSitesStore.getState().sites.find(({ id }) => id === connection.siteId);
    await Promise.all([
      wish === null ? null : go(remote, { side: "remote", connectionId: connection.id }, startPath, wish),
      site?.localFolder ? go(local, localPlace, site.localFolder, site.localFolder) : null,
    ]);
  }

  async function go(pane: typeof local, place: Place, from: string, text: string): Promise<void> {
    try {
      const { path } = await engine.call("folders.resolve", { place, from, text });
      pane.setState((state) => applyGoTo(state, path));
    } catch (error) {
      pane.setState((state) => applyTrouble(state, { heading: text, error: toWireError(error) }));
    }
  }

  follow(useConnectionStore.getState(), useConnectionStore.getState());
  return useConnectionStore.subscribe(follow);
}

function isReadAnew({ id, encoding, status }: Connection, before: ConnectionState): boolean {
  const known = before.connections.find((connection) => connection.id === id);
  if (known === undefined || known.status.state !== "connected" || status.state !== "connected") return false;
  return known.encoding !== encoding || known.status.encoding !== status.encoding;
}

function wasAway(id: string, before: ConnectionState): boolean {
  return before.connections.find((known) => known.id === id)?.status.state !== "connected";
}
