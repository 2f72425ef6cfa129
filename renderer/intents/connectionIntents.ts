import type { EngineClient } from "../../shared/contract/contract.ts";
import type { SiteSettings } from "../../shared/models/site.ts";
import { applyCurrent, applyWish, currentConnection, useConnectionStore } from "../stores/connectionStore.ts";

export type QuickConnect = {
  readonly settings: SiteSettings;
  /** undefined: the stored one, if there is one. */
  readonly password: string | undefined;
  /** A path as typed in an address, to go to instead of the site's own beginning. */
  readonly path: string | null;
};

/** Whom the remote pane talks to. Each promise rejects with AppError; whether the login succeeds is seen in the connection's status. */
export type ConnectionIntents = {
  /** Connects to a site and shows it in the remote pane; the connection shown before is closed. */
  readonly openSite: (siteId: string, password?: string) => Promise<void>;
  /** The same, going to a folder as people read it instead of the site's own beginning. */
  readonly openSiteAt: (siteId: string, path: string) => Promise<void>;
  readonly quickConnect: (request: QuickConnect) => Promise<void>;
  /** Starts the demo server when it does not run yet, and connects to it. */
  readonly openDemo: () => Promise<void>;
  readonly reconnect: () => Promise<void>;
  readonly disconnect: () => Promise<void>;
  /** "auto" or a label: how names are read from now on, with `isKept` whenever this site is opened. */
  readonly setEncoding: (connectionId: string, encoding: string, isKept: boolean) => Promise<void>;
};

export function connectionIntents(engine: EngineClient): ConnectionIntents {
  async function show(siteId: string, password: string | undefined, path: string | null): Promise<void> {
    const before = currentConnection(useConnectionStore.getState());
    const secret = password === undefined ? {} : { password };
    const { connectionId } = await engine.call("connections.open", { siteId, ...secret });
    useConnectionStore.setState((state) => applyWish(applyCurrent(state, connectionId), path));
    if (before && before.id !== connectionId) await engine.call("connections.close", { connectionId: before.id });
  }

  return {
    openSite: (siteId, password) => show(siteId, password, null),
    openSiteAt: (siteId, path) => show(siteId, undefined, path),
    quickConnect: async ({ settings, password, path }) => {
      const { id } = await engine.call("sites.remember", { settings, password });
      await show(id, password, path);
    },
    openDemo: async () => {
      const { id } = await engine.call("sites.openDemo", {});
      await show(id, undefined, null);
    },
    reconnect: async () => {
      const connection = currentConnection(useConnectionStore.getState());
      if (connection) await engine.call("connections.reconnect", { connectionId: connection.id });
    },
    disconnect: async () => {
      const connection = currentConnection(useConnectionStore.getState());
      if (connection) await engine.call("connections.close", { connectionId: connection.id });
    },
    setEncoding: async (connectionId, encoding, isKept) => {
      await engine.call("connections.setEncoding", { connectionId, encoding, isKept });
    },
  };
}
