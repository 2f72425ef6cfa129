import type { EngineApi } from "../../../shared/contract/contract.ts";
import type { SiteSettings } from "../../../shared/models/site.ts";
import { matchSite } from "../sites/matchSite.ts";
import type { SiteStore } from "../sites/siteStore.ts";
import type { TransferQueue } from "../transfer/createTransferQueue.ts";

export type ExchangeApiParts = {
  readonly queue: TransferQueue;
  readonly sites: SiteStore;
  readonly isEncoding: (label: string) => boolean;
};

type Names = Extract<keyof EngineApi, `exchange.${string}`>;

export function createExchangeApi({ queue, sites, isEncoding }: ExchangeApiParts): Pick<EngineApi, Names> {
  /** A file brings no passwords: what is not known yet asks for one. */
  const siteFor = async (settings: SiteSettings): Promise<string> => {
    const known = matchSite(sites.tree().sites, settings);
    if (known !== null) return known.id;
    const encoding = isEncoding(settings.encoding) ? settings.encoding : "auto";
    return sites.remember({ ...settings, encoding }, {});
  };

  return {
    "exchange.export": async (request) => queue.exportPiece(request, sites.find),
    "exchange.import": ({ path }, signal) => queue.importFile(path, siteFor, signal),
  };
}
