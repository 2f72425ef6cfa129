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

/** The sites that a copy from server to server may go to, from `siteId`: they have to allow it. */
export function copyTargets(sites: readonly Site[], siteId: string | null): readonly Site[] {
  return sites.filter(({ id, origin, allowsFxp }) => id !== siteId && origin === "saved" && allowsFxp);
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
