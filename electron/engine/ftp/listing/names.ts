import { asEntry, type ListingFamily } from "./rawEntry.ts";

/**
 * NLST (RFC 959 §4.1.3): a name in each line and nothing else, on some servers with the way there, with a slash behind a folder's. What a name
 * stands for shows when it is opened or fetched, as with a link: so it is listed as one.
 */
export const names: ListingFamily = {
  name: "names",
  readLine: (line) => {
    const [, name = "", slash] = /([^/]*)(\/?)$/.exec(line) ?? [];
    return asEntry({ wireName: name, type: slash === "/" ? "directory" : "symlink" });
  },
};
