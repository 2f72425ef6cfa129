import type { Site, SiteFolder } from "../../shared/models/site.ts";
import type { SitesState } from "../stores/sitesStore.ts";

/** Where a row of the site tree goes. */
export type SiteMove = { readonly id: string; readonly folderId: string | null; readonly beforeId: string | null };

/** Which part of a row the pointer is over. */
export type DropZone = "before" | "into" | "after";

/** The edges of a row mean beside it, the middle of a folder means into it. `share` is 0 at the row's top, 1 at its foot. */
export function zoneAt(share: number, isFolder: boolean): DropZone {
  if (!isFolder) return share < 0.5 ? "before" : "after";
  return share < 0.28 ? "before" : share > 0.72 ? "after" : "into";
}

/** A drop of one row on another; null where it cannot go. A folder never goes into itself or into what it holds. */
export function moveOnto(state: SitesState, id: string, targetId: string, zone: DropZone): SiteMove | null {
  const target = nodesOf(state).find((node) => node.id === targetId);
  if (target === undefined || id === targetId || isInside(state, target, id)) return null;
  if (zone === "into") return { id, folderId: targetId, beforeId: null };
  if (zone === "before") return { id, folderId: target.folderId, beforeId: targetId };
  const siblings = siblingsIn(state, target.folderId);
  const next = siblings[siblings.indexOf(target) + 1];
  return next?.id === id ? null : { id, folderId: target.folderId, beforeId: next?.id ?? null };
}

/** Alt+↑ and Alt+↓: one step among its siblings; past the first or last of a folder: out of that folder, next to it. */
export function moveOneStep(state: SitesState, id: string, step: -1 | 1): SiteMove | null {
  const node = nodesOf(state).find((candidate) => candidate.id === id);
  if (node === undefined) return null;
  const siblings = siblingsIn(state, node.folderId);
  const index = siblings.indexOf(node);
  const neighbour = siblings[index + step];
  if (neighbour !== undefined) {
    const before = step === -1 ? neighbour : siblings[index + 2];
    return { id, folderId: node.folderId, beforeId: before?.id ?? null };
  }
  const parent = state.folders.find((folder) => folder.id === node.folderId);
  if (parent === undefined) return null;
  const uncles = siblingsIn(state, parent.folderId);
  const before = step === -1 ? parent : uncles[uncles.indexOf(parent) + 1];
  return { id, folderId: parent.folderId, beforeId: before?.id ?? null };
}

/** Alt+→: into the nearest folder above it among its siblings. */
export function moveIntoFolderAbove(state: SitesState, id: string): SiteMove | null {
  const node = nodesOf(state).find((candidate) => candidate.id === id);
  if (node === undefined) return null;
  const siblings = siblingsIn(state, node.folderId);
  const above = siblings.slice(0, siblings.indexOf(node));
  const folder = above.findLast((sibling) => state.folders.some((known) => known.id === sibling.id));
  return folder === undefined ? null : { id, folderId: folder.id, beforeId: null };
}

/** How many sites a folder holds, at any depth. */
export function sitesInside(state: SitesState, folderId: string): number {
  const direct = state.sites.filter((site) => site.folderId === folderId).length;
  const folders = state.folders.filter((folder) => folder.folderId === folderId);
  return folders.reduce((count, folder) => count + sitesInside(state, folder.id), direct);
}

type Node = Site | SiteFolder;

function nodesOf({ folders, sites }: SitesState): readonly Node[] {
  return [...folders, ...sites.filter((site) => site.origin !== "quick")];
}

function siblingsIn(state: SitesState, folderId: string | null): readonly Node[] {
  return nodesOf(state)
    .filter((node) => node.folderId === folderId)
    .sort((a, b) => a.position - b.position);
}

function isInside(state: SitesState, node: Node, folderId: string): boolean {
  if (node.folderId === null) return false;
  if (node.folderId === folderId) return true;
  const parent = state.folders.find((folder) => folder.id === node.folderId);
  return parent !== undefined && isInside(state, parent, folderId);
}
