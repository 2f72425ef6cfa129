import type { EngineApi } from "../../../shared/contract/contract.ts";
import type { PasswordMemory } from "../sites/passwordMemory.ts";
import type { IsNeeded, PasswordChange, SiteStore } from "../sites/siteStore.ts";
import { copyTree } from "./snapshots.ts";

export type SitesApiParts = {
  readonly sites: SiteStore;
  readonly passwords: PasswordMemory;
  readonly openDemo: () => Promise<string>;
  readonly isNeeded: IsNeeded;
};

type Names = Extract<keyof EngineApi, `sites.${string}`>;

export function createSitesApi({ sites, passwords, openDemo, isNeeded }: SitesApiParts): Pick<EngineApi, Names> {
  /** A password the site does not keep on disk still serves this run. */
  const rememberInRun = (id: string, password: PasswordChange) => {
    passwords.forget(id);
    if (typeof password === "string" && !sites.get(id).hasPassword) passwords.keep(id, password);
    return { id };
  };

  return {
    "sites.watch": (_, emit) => sites.watch((tree) => emit(copyTree(tree))),
    "sites.create": async ({ settings, folderId, password }) =>
      rememberInRun(await sites.create(settings, folderId, password), password),
    "sites.change": async ({ id, settings, password }) => {
      await sites.change(id, settings, password);
      if (password !== undefined) rememberInRun(id, password);
      return {};
    },
    "sites.duplicate": async ({ id }) => ({ id: sites.duplicate(id) }),
    "sites.remove": async ({ id }) => done(() => sites.remove(id, isNeeded)),
    "sites.createFolder": async ({ name, folderId }) => ({ id: sites.createFolder(name, folderId) }),
    "sites.changeFolder": async ({ id, ...change }) => done(() => sites.changeFolder(id, change)),
    "sites.removeFolder": async ({ id }) => done(() => sites.removeFolder(id, isNeeded)),
    "sites.move": async ({ id, folderId, beforeId }) => done(() => sites.move(id, folderId, beforeId)),
    "sites.remember": async ({ settings, password }) => {
      const id = await sites.remember(settings, password);
      return password === undefined ? { id } : rememberInRun(id, password);
    },
    "sites.forgetRecent": async () => done(() => sites.forgetRecent(isNeeded)),
    "sites.openDemo": async () => ({ id: await openDemo() }),
  };
}

function done(work: () => void): Record<string, never> {
  work();
  return {};
}
