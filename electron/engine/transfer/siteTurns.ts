import type { SiteKey } from "./store/rowLife.ts";

/**
 * The order in which sites may begin their next transfer: those whose next one has the highest priority, and among these in turn, from
 * the one after `lastNo` on, so that a big drop to one does not keep the others waiting. `sites` come by their numbers.
 */
export function sitesInTurn(
  sites: readonly SiteKey[],
  lastNo: number,
  priorityOf: (site: SiteKey) => number,
): readonly SiteKey[] {
  if (sites.length < 2) return sites;
  const inTurn = [...sites.filter(({ no }) => no > lastNo), ...sites.filter(({ no }) => no <= lastNo)];
  const priorities = new Map(inTurn.map((site) => [site, priorityOf(site)]));
  return inTurn.sort((one, other) => (priorities.get(other) ?? 0) - (priorities.get(one) ?? 0));
}
