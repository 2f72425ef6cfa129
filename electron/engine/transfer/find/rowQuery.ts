import { sep } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import { assertNever } from "../../../../shared/assertNever.ts";
import type { QueueFilter, QueueSort } from "../../../../shared/models/transfer.ts";
import { filterConditions, filterOrders } from "../store/queueQueries.ts";

/** Rows of a tab whose local or remote path holds `search` ("": all), in an order; `sort` null: as the tab has them. */
export type RowWish = {
  readonly filter: QueueFilter;
  readonly search: string;
  readonly sort: QueueSort | null;
};

export type RowQuery = {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
  /** What SQLite cannot compare without case: rows come with `local` and `remote`, and one of them must hold this in lower case. */
  readonly needle: string | null;
};

/**
 * One walk over the queue that gives the ids a wish means. It looks at every row: for a connection on a thread of its own. `siteIds`:
 * the sites in the order of their names.
 */
export function writeRowQuery({ filter, search, sort }: RowWish, siteIds: readonly string[]): RowQuery {
  const from = "transfers t CROSS JOIN places p ON p.id = t.place CROSS JOIN batches b ON b.id = p.batch";
  const order = sort === null ? ofTransfers(filterOrders[filter]) : writeOrder(sort, filter);
  const isBySite = sort?.by === "site";
  const { pattern, needle } = readSearch(search.trim());
  return {
    text: [
      isBySite ? "WITH named AS MATERIALIZED (SELECT key AS at, value AS id FROM json_each(?))" : "",
      `SELECT t.id ${needle === null ? "" : `, ${localPath} AS local, ${remotePath} AS remote`} FROM ${from}`,
      `WHERE t.${filterConditions[filter]}`,
      pattern === null ? "" : `AND ((${localPath}) LIKE ? ESCAPE '\\' OR (${remotePath}) LIKE ? ESCAPE '\\')`,
      `ORDER BY ${order}`,
    ].join(" "),
    values: [...(isBySite ? [JSON.stringify(siteIds)] : []), ...(pattern === null ? [] : [pattern, pattern])],
    needle,
  };
}

/**
 * LIKE knows the case of ASCII letters only. Other letters that have two cases may be anything to it; what it lets through is then
 * compared again. Chinese has no cases and is left to LIKE alone.
 */
function readSearch(search: string): { readonly pattern: string | null; readonly needle: string | null } {
  if (search === "") return { pattern: null, needle: null };
  const isCased = (sign: string) => sign > "\x7f" && sign.toLowerCase() !== sign.toUpperCase();
  const signs = [...search];
  const pattern = signs.map((sign) => (isCased(sign) ? "%" : sign.replace(/[\\%_]/, "\\$&"))).join("");
  return { pattern: `%${pattern}%`, needle: signs.some(isCased) ? search.toLowerCase() : null };
}

const divider = `'${sep}'`;
const localPath = `CASE b.direction WHEN 'upload' THEN p.source_folder || ${divider} || t.source_name
  ELSE p.target_folder || ${divider} || t.target_name END`;
const remotePath = `CASE b.direction WHEN 'upload' THEN p.target_folder || '/' || t.target_name
  ELSE p.source_folder || '/' || t.source_name END`;
/** The name for people: the local one, which is never in a server's encoding. */
const name = "CASE b.direction WHEN 'upload' THEN t.source_name ELSE t.target_name END COLLATE NOCASE";

const liveliestFirst = ["running", "waiting", "backoff", "queued", "paused", "failed", "done", "cancelled"];
const stateRank = `CASE t.state ${liveliestFirst.map((state, rank) => `WHEN '${state}' THEN ${rank}`).join(" ")} END`;

function writeOrder(sort: QueueSort, filter: QueueFilter): string {
  const down = sort.isDescending ? " DESC" : "";
  return `${sortKey(sort, filter)}${down}, t.id${down}`;
}

function sortKey({ by }: QueueSort, filter: QueueFilter): string {
  switch (by) {
    case "name":
      return name;
    case "size":
      return "t.size";
    case "state":
      return stateRank;
    case "site":
      return "(SELECT at FROM named JOIN sites s ON s.id = named.id WHERE s.no = t.site)";
    case "time":
      return filter === "queued" ? "b.created_ms" : "t.finished_ms";
    default:
      return assertNever(by);
  }
}

function ofTransfers(order: string): string {
  return order.replaceAll(/\b(?=state|priority|moved_to|id\b|finished_ms)/g, "t.");
}
