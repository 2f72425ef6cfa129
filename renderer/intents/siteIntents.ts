import type { EngineClient } from "../../shared/contract/contract.ts";
import type { SiteSettings } from "../../shared/models/site.ts";

/** undefined: leave the stored one; null: forget it; text: store it. */
export type SecretChange = string | null | undefined;
export type SecretChanges = { readonly password: SecretChange; readonly account: SecretChange };

/** What a user can do to the site tree. Each promise rejects with AppError; the tree's own news show the outcome. */
export type SiteIntents = {
  readonly create: (settings: SiteSettings, folderId: string | null, secrets: SecretChanges) => Promise<string>;
  readonly change: (id: string, settings: SiteSettings, secrets: SecretChanges) => Promise<unknown>;
  readonly duplicate: (id: string) => Promise<string>;
  readonly remove: (id: string) => Promise<unknown>;
  readonly createFolder: (name: string, folderId: string | null) => Promise<string>;
  readonly renameFolder: (id: string, name: string) => Promise<unknown>;
  readonly expandFolder: (id: string, isExpanded: boolean) => Promise<unknown>;
  readonly removeFolder: (id: string) => Promise<unknown>;
  readonly move: (id: string, folderId: string | null, beforeId: string | null) => Promise<unknown>;
};

export function siteIntents(engine: EngineClient): SiteIntents {
  return {
    create: async (settings, folderId, secrets) =>
      (await engine.call("sites.create", { settings, folderId, ...secrets })).id,
    change: (id, settings, secrets) => engine.call("sites.change", { id, settings, ...secrets }),
    duplicate: async (id) => (await engine.call("sites.duplicate", { id })).id,
    remove: (id) => engine.call("sites.remove", { id }),
    createFolder: async (name, folderId) => (await engine.call("sites.createFolder", { name, folderId })).id,
    renameFolder: (id, name) => engine.call("sites.changeFolder", { id, name }),
    expandFolder: (id, isExpanded) => engine.call("sites.changeFolder", { id, isExpanded }),
    removeFolder: (id) => engine.call("sites.removeFolder", { id }),
    move: (id, folderId, beforeId) => engine.call("sites.move", { id, folderId, beforeId }),
  };
}
