import * as z from "zod/mini";
import { siteFolderSchema, siteSchema, siteSettingsSchema } from "../models/site.ts";
import { command, stream } from "./define.ts";

/** undefined: leave as it is; null: forget it; text: store it encrypted. */
const secretInput = z.optional(z.nullable(z.string().check(z.maxLength(1024))));
const secrets = { password: secretInput, account: secretInput };
const nothing = z.object({});
const byId = z.object({ id: z.string() });

export const sitesContract = {
  "sites.watch": stream(
    nothing,
    z.object({ revision: z.number(), folders: z.array(siteFolderSchema), sites: z.array(siteSchema) }),
  ),
  "sites.create": command(
    z.object({ settings: siteSettingsSchema, folderId: z.nullable(z.string()), ...secrets }),
    byId,
  ),
  "sites.change": command(z.object({ id: z.string(), settings: z.partial(siteSettingsSchema), ...secrets }), nothing),
  /** Copies the secrets and all; the copy stands behind the original. */
  "sites.duplicate": command(byId, byId),
  "sites.remove": command(byId, nothing),
  "sites.createFolder": command(
    z.object({ name: siteFolderSchema.shape.name, folderId: z.nullable(z.string()) }),
    byId,
  ),
  "sites.changeFolder": command(
    z.object({ id: z.string(), name: z.optional(siteFolderSchema.shape.name), isExpanded: z.optional(z.boolean()) }),
    nothing,
  ),
  /** Removes the folder and everything in it. */
  "sites.removeFolder": command(byId, nothing),
  /** Puts a site or folder into `folderId`, before `beforeId` (site or folder) or at the end. A folder never goes into itself. */
  "sites.move": command(
    z.object({ id: z.string(), folderId: z.nullable(z.string()), beforeId: z.nullable(z.string()) }),
    nothing,
  ),
  /** Quick connect: the site with this address and user, made when there is none; not shown in the site tree. */
  "sites.remember": command(z.object({ settings: siteSettingsSchema, ...secrets }), byId),
  /** Forgets quick-connect history that no queued transfer needs. */
  "sites.forgetRecent": command(nothing, nothing),
  /** Starts the demo server when it does not run, and gives its site. */
  "sites.openDemo": command(nothing, byId),
} as const;
