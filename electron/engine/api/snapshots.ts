import type { StreamItem } from "../../../shared/contract/contract.ts";
import type { ConnectionList } from "../browse/connections.ts";
import type { SiteTree } from "../sites/siteStore.ts";

/** The engine's lists are read-only; what crosses the contract belongs to the receiver. */
export function copyTree({ revision, folders, sites }: SiteTree): StreamItem<"sites.watch"> {
  return { revision, folders: [...folders], sites: [...sites] };
}

export function copyConnections({ revision, connections }: ConnectionList): StreamItem<"connections.watch"> {
  return { revision, connections: [...connections] };
}
