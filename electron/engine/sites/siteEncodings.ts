import { AppError } from "../../../shared/errors/appError.ts";
import type { Site } from "../../../shared/models/site.ts";

/** How names of each site are read: as chosen in this run, else as the site says. */
export type SiteEncodings = {
  /** "auto" or a label. */
  readonly of: (siteId: string) => string;
  /** For this run, or for good with `isKept`. Rejects with `invalid-input` for an encoding nobody knows. */
  readonly choose: (siteId: string, encoding: string, isKept: boolean) => Promise<void>;
  /** The site itself says something new: that counts from now on. */
  readonly forget: (siteId: string) => void;
};

export type SiteEncodingsParts = {
  readonly sites: {
    readonly find: (id: string) => Site | null;
    readonly change: (
      id: string,
      settings: { encoding: string },
      secrets: Readonly<Record<string, never>>,
    ) => Promise<void>;
  };
  readonly isEncoding: (label: string) => boolean;
  readonly onChanged: (siteId: string) => void;
};

export function createSiteEncodings({ sites, isEncoding, onChanged }: SiteEncodingsParts): SiteEncodings {
  const chosen = new Map<string, string>();
  const of = (siteId: string) => chosen.get(siteId) ?? sites.find(siteId)?.encoding ?? "auto";
  return {
    of,
    choose: async (siteId, encoding, isKept) => {
      if (!isEncoding(encoding)) throw new AppError("invalid-input", `Unknown encoding "${encoding}"`);
      if (isKept) await sites.change(siteId, { encoding }, {}); // which makes this run's choice forgotten
      if (of(siteId) === encoding) return;
      chosen.set(siteId, encoding);
      onChanged(siteId);
    },
    forget: (siteId) => {
      chosen.delete(siteId);
      onChanged(siteId);
    },
  };
}
