import * as z from "zod/mini";
import {
  defaultSiteSettings,
  type Site,
  type SiteFolder,
  siteFolderSchema,
  siteOriginSchema,
  siteSettingsSchema,
} from "../../../shared/models/site.ts";

/** A site as it is kept: with its sealed secrets, which never leave the engine. */
export type StoredSite = {
  readonly site: Site;
  readonly sealedPassword: string | null;
  readonly sealedAccount: string | null;
};

const siteRowSchema = z.object({
  id: z.string(),
  folder_id: z.nullable(z.string()),
  position: z.number(),
  origin: siteOriginSchema,
  settings: z.pipe(
    z.pipe(
      z.string(),
      // A setting that is younger than the row has its default.
      z.transform((text: string): unknown => ({ ...defaultSiteSettings, ...JSON.parse(text) })),
    ),
    siteSettingsSchema,
  ),
  sealed_password: z.nullable(z.string()),
  sealed_account: z.nullable(z.string()),
  last_connected_ms: z.nullable(z.number()),
});

const folderRowSchema = z.object({
  id: z.string(),
  folder_id: z.nullable(z.string()),
  position: z.number(),
  name: siteFolderSchema.shape.name,
  is_expanded: z.number(),
});

/** A row of `sites`, parsed: a file is a border too. null: damaged. */
export function readSiteRow(row: unknown): StoredSite | null {
  const parsed = tryParse(() => siteRowSchema.parse(row));
  if (!parsed) return null;
  const { settings, sealed_password: sealedPassword, sealed_account: sealedAccount } = parsed;
  const site: Site = {
    ...settings,
    id: parsed.id,
    origin: parsed.origin,
    folderId: parsed.folder_id,
    position: parsed.position,
    hasPassword: sealedPassword !== null,
    hasAccount: sealedAccount !== null,
    lastConnectedMs: parsed.last_connected_ms,
  };
  return { site, sealedPassword, sealedAccount };
}

/** A row of `site_folders`, parsed. null: damaged. */
export function readFolderRow(row: unknown): SiteFolder | null {
  const parsed = tryParse(() => folderRowSchema.parse(row));
  if (!parsed) return null;
  return {
    id: parsed.id,
    folderId: parsed.folder_id,
    name: parsed.name,
    position: parsed.position,
    isExpanded: parsed.is_expanded !== 0,
  };
}

function tryParse<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null; // not JSON, or not the shape of this version
  }
}
