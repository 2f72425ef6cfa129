import { create } from "zustand";
import type { Site, SiteFolder } from "../../shared/models/site.ts";

export type SitesState = {
  readonly revision: number;
  readonly folders: readonly SiteFolder[];
  readonly sites: readonly Site[];
};

export const initialSites: SitesState = { revision: -1, folders: [], sites: [] };

export const useSitesStore = create<SitesState>(() => initialSites);

export function applySites(_state: SitesState, news: SitesState): SitesState {
  return news;
}

/** A visible row of the site tree. */
export type SiteTreeRow =
  | { readonly type: "folder"; readonly id: string; readonly depth: number; readonly folder: SiteFolder }
  | { readonly type: "site"; readonly id: string; readonly depth: number; readonly site: Site };

/**
 * The site tree as rows, top to bottom: saved sites and the demo, not quick-connect history. With a search text every match is
 * shown with the folders it lies in, whether they are expanded or not.
 */
export function toTreeRows({ folders, sites }: SitesState, search: string): readonly SiteTreeRow[] {
  const wanted = search.trim().toLocaleLowerCase();
  const shown = sites.filter((site) => site.origin !== "quick");

  function rowsIn(folderId: string | null, depth: number, folderMatches: boolean): readonly SiteTreeRow[] {
    const children = [
      ...folders
        .filter((folder) => folder.folderId === folderId)
        .map((folder) => ({ position: folder.position, rows: () => folderRows(folder, depth, folderMatches) })),
      ...shown
        .filter((site) => site.folderId === folderId && (folderMatches || matches(site, wanted)))
        .map((site) => ({
          position: site.position,
          rows: () => [{ type: "site" as const, id: site.id, depth, site }],
        })),
    ];
    return children.sort((a, b) => a.position - b.position).flatMap((child) => child.rows());
  }

  function folderRows(folder: SiteFolder, depth: number, parentMatches: boolean): readonly SiteTreeRow[] {
    const isMatch = parentMatches || folder.name.toLocaleLowerCase().includes(wanted);
    const inside = wanted === "" && !folder.isExpanded ? [] : rowsIn(folder.id, depth + 1, isMatch);
    if (!isMatch && inside.length === 0) return [];
    return [{ type: "folder", id: folder.id, depth, folder }, ...inside];
  }

  return rowsIn(null, 0, wanted === "");
}

function matches(site: Site, wanted: string): boolean {
  return [site.name, site.host, site.user, site.comments].some((text) => text.toLocaleLowerCase().includes(wanted));
}

/** Where Alt+↑ or Alt+↓ puts a row; null when it cannot go further. The demo and its like move as any other. */
export type SiteMove = { readonly id: string; readonly folderId: string | null; readonly beforeId: string | null };

/** One step among its siblings; past the first or last of a folder: out of that folder, next to it. */
export function moveOneStep({ folders, sites }: SitesState, id: string, step: -1 | 1): SiteMove | null {
  const nodes = [...folders, ...sites.filter((site) => site.origin !== "quick")];
  const node = nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return null;
  const siblings = nodes.filter((other) => other.folderId === node.folderId).sort((a, b) => a.position - b.position);
  const index = siblings.indexOf(node);
  const neighbour = siblings[index + step];
  if (neighbour !== undefined) {
    const before = step === -1 ? neighbour : siblings[index + 2];
    return { id, folderId: node.folderId, beforeId: before?.id ?? null };
  }
  const parent = folders.find((folder) => folder.id === node.folderId);
  if (parent === undefined) return null;
  const uncles = nodes.filter((other) => other.folderId === parent.folderId).sort((a, b) => a.position - b.position);
  const before = step === -1 ? parent : uncles[uncles.indexOf(parent) + 1];
  return { id, folderId: parent.folderId, beforeId: before?.id ?? null };
}
