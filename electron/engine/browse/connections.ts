import { randomUUID } from "node:crypto";
import { AppError } from "../../../shared/errors/appError.ts";
import type { Connection } from "../../../shared/models/connection.ts";
import type { Site } from "../../../shared/models/site.ts";
import type { Clock, SessionLog } from "../ports.ts";
import type { Lease } from "../sessions/lease.ts";
import { createListeners } from "../util/listeners.ts";
import { type BrowsingConnection, createConnection } from "./connection.ts";

export type ConnectionList = { readonly revision: number; readonly connections: readonly Connection[] };

/** The browsing connections, one per site at most. */
export type Connections = {
  readonly watch: (emit: (list: ConnectionList) => void) => () => void;
  /** Begins to connect, or gives the connection the site has; returns at once. */
  readonly open: (siteId: string) => string;
  /** Rejects with `not-found`. */
  readonly get: (id: string) => BrowsingConnection;
  readonly ofSite: (siteId: string) => BrowsingConnection | null;
  /** Address or login of a site changed: opening it again means the new one, whatever stands now. */
  readonly noteChange: (siteId: string) => void;
  /** Names of a site are to be read in another way than before. */
  readonly noteEncoding: (siteId: string) => void;
  /** Ends it; it leaves the list. */
  readonly close: (id: string) => Promise<void>;
  readonly closeAll: () => Promise<void>;
};

export type ConnectionsParts = {
  readonly sites: { readonly get: (id: string) => Site; readonly find: (id: string) => Site | null };
  readonly leaseForBrowsing: (siteId: string, onWanted: () => void, signal: AbortSignal) => Promise<Lease>;
  readonly keepAliveMs: () => number;
  readonly isWatched: (connectionId: string) => boolean;
  readonly clock: Clock;
  readonly log: { readonly sessionLog: (label: string) => SessionLog };
  readonly encodingOf: (siteId: string) => string;
  /** Names of a connection are read in another way than before. */
  readonly onEncodingChanged: (connectionId: string) => void;
  readonly onRecovered: (connectionId: string) => void;
  readonly onClosed: (connectionId: string) => void;
};

export function createConnections(parts: ConnectionsParts): Connections {
  const open = new Map<string, BrowsingConnection>();
  const listeners = createListeners<ConnectionList>();
  /** Sites whose connection still speaks to what they were before. */
  const changed = new Set<string>();
  let revision = 0;

  const list = (): ConnectionList => ({ revision, connections: [...open.values()].map((each) => each.describe()) });
  const tell = () => {
    revision++;
    listeners.tell(list());
  };

  const get = (id: string) => {
    const connection = open.get(id);
    if (!connection) throw new AppError("not-found", "This connection is no longer open");
    return connection;
  };

  const ofSite = (siteId: string) => [...open.values()].find((connection) => connection.siteId === siteId) ?? null;

  const tellEncoding = (id: string) => {
    tell();
    parts.onEncodingChanged(id);
  };

  const create = (site: Site): BrowsingConnection => {
    const id = randomUUID();
    const current = () => parts.sites.find(site.id) ?? site;
    return createConnection({
      id,
      siteId: site.id,
      siteName: () => current().name,
      encoding: () => parts.encodingOf(site.id),
      firstFolder: () => current().remoteFolder,
      lease: (onWanted, signal) => parts.leaseForBrowsing(site.id, onWanted, signal),
      keepAliveMs: parts.keepAliveMs,
      isWatched: () => parts.isWatched(id),
      clock: parts.clock,
      log: parts.log,
      onChange: tell,
      onEncodingChanged: () => tellEncoding(id),
      onRecovered: () => parts.onRecovered(id),
    });
  };

  const close = async (id: string) => {
    const connection = open.get(id);
    if (!open.delete(id) || !connection) return;
    tell();
    parts.onClosed(id);
    await connection.close();
  };

  return {
    watch: (emit) => {
      emit(list());
      return listeners.add(emit);
    },
    open: (siteId) => {
      const old = ofSite(siteId);
      if (changed.delete(siteId) && old) close(old.id).catch(() => {});
      const known = ofSite(siteId);
      const connection = known ?? create(parts.sites.get(siteId));
      open.set(connection.id, connection);
      const { state } = connection.describe().status;
      if (!known || state === "failed" || state === "reconnecting") connection.reconnect();
      return connection.id;
    },
    get,
    ofSite,
    noteChange: (siteId) => {
      if (ofSite(siteId)) changed.add(siteId);
    },
    noteEncoding: (siteId) => {
      const connection = ofSite(siteId);
      if (connection) tellEncoding(connection.id);
    },
    close,
    closeAll: async () => {
      await Promise.all([...open.keys()].map(close));
    },
  };
}
