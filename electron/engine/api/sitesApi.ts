import type { EngineApi } from "../../../shared/contract/contract.ts";
import type { PasswordMemory } from "../sites/passwordMemory.ts";
import type { IsNeeded, SecretChange, SecretChanges, SiteStore } from "../sites/siteStore.ts";
import { copyTree } from "./snapshots.ts";

export type SitesApiParts = {
  readonly sites: SiteStore;
  readonly passwords: PasswordMemory;
  readonly accounts: PasswordMemory;
  readonly openDemo: () => Promise<string>;
  readonly isNeeded: IsNeeded;
};

type Names = Extract<keyof EngineApi, `sites.${string}`>;

export function createSitesApi(parts: SitesApiParts): Pick<EngineApi, Names> {
  const { sites, passwords, accounts, openDemo, isNeeded } = parts;
  const rememberInRun = (id: string, { password, account }: SecretChanges) => {
    const { hasPassword, hasAccount } = sites.get(id);
    keepInRun(passwords, id, password, hasPassword);
    keepInRun(accounts, id, account, hasAccount);
    return { id };
  };

  return {
    "sites.watch": (_, emit) => sites.watch((tree) => emit(copyTree(tree))),
    "sites.create": async ({ settings, folderId, ...secrets }) =>
      rememberInRun(await sites.create(settings, folderId, secrets), secrets),
    "sites.change": async ({ id, settings, ...secrets }) => {
      await sites.change(id, settings, secrets);
      rememberInRun(id, secrets);
      return {};
    },
    "sites.duplicate": async ({ id }) => ({ id: sites.duplicate(id) }),
    "sites.remove": async ({ id }) => done(() => sites.remove(id, isNeeded)),
    "sites.createFolder": async ({ name, folderId }) => ({ id: sites.createFolder(name, folderId) }),
    "sites.changeFolder": async ({ id, ...change }) => done(() => sites.changeFolder(id, change)),
    "sites.removeFolder": async ({ id }) => done(() => sites.removeFolder(id, isNeeded)),
    "sites.move": async ({ id, folderId, beforeId }) => done(() => sites.move(id, folderId, beforeId)),
    "sites.remember": async ({ settings, ...secrets }) =>
      rememberInRun(await sites.remember(settings, secrets), secrets),
    "sites.forgetRecent": async () => done(() => sites.forgetRecent(isNeeded)),
    "sites.openDemo": async () => ({ id: await openDemo() }),
  };
}

/** A secret the site does not keep on disk still serves this run. */
function keepInRun(memory: PasswordMemory, id: string, secret: SecretChange, isStored: boolean): void {
  if (secret === undefined) return;
  memory.forget(id);
  if (secret !== null && !isStored) memory.keep(id, secret);
}

function done(work: () => void): Record<string, never> {
  work();
  return {};
}
