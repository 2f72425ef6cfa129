import { sep } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import { assertNever } from "../../../../shared/assertNever.ts";
import type { QueueFilter, QueueSort } from "../../../../shared/models/transfer.ts";
import { filterConditions, filterOrders, tabIds } from "../store/queueQueries.ts";

/** Rows of a tab whose local or remote path holds `search` ("": all), in an order; `sort` null: as the tab has them. */
export type RowWish = {
  readonly filter: QueueFilter;
  readonly search: string;
  readonly sort: QueueSort | null;
};

/** `text` gives one row, whose `ids` is the list: see readIds.ts. */
export type RowQuery = { readonly text: string; readonly values: readonly SQLInputValue[] };

/**
 * One walk over the queue that gathers the ids a wish means. It looks at every row: for a connection on a thread of its own. `siteIds`:
 * the sites in the order of their names.
 */
export function writeRowQuery({ filter, search, sort }: RowWish, siteIds: readonly string[]): RowQuery {
  const wanted = search.trim();
  if (wanted === "" && sort === null) return { text: listOf("windowId", tabIds(filter)), values: [] };
  const { conditions, values } = writeSearch(wanted);
  const isBySite = sort?.by === "site";
  const order = sort === null ? ofTransfers(filterOrders[filter]) : writeOrder(sort, filter);
  const rows = `SELECT t.id FROM transfers t CROSS JOIN places p ON p.id = t.place CROSS JOIN batches b ON b.id = p.batch
    WHERE ${[`t.${filterConditions[filter]}`, ...conditions].join(" AND ")} ORDER BY ${order}`;
  return {
    text: `${isBySite ? "WITH named AS MATERIALIZED (SELECT key AS at, value AS id FROM json_each(?)) " : ""}${listOf("id", rows)}`,
    values: [...(isBySite ? [JSON.stringify(siteIds)] : []), ...values],
  };
}

/**
 * As one value: a million rows that come out one by one cost five times as much, and so do functions of ours, whose calls keep their
 * handles until the last one. SQLite keeps the order of what it joins.
 */
function listOf(column: string, rows: string): string {
  return `SELECT CAST(group_concat(${column}) AS BLOB) AS ids FROM (${rows})`;
}

function writeSearch(search: string): { readonly conditions: readonly string[]; readonly values: readonly string[] } {
  if (search === "") return { conditions: [], values: [] };
  const { operator, pattern } = writePattern([...search]);
  return { conditions: [`((${localPath}) ${operator} OR (${remotePath}) ${operator})`], values: [pattern, pattern] };
}

/** LIKE knows the case of ASCII letters only; for others each letter is a choice of its cases. Chinese has none and is left to LIKE. */
function writePattern(signs: readonly string[]): { readonly operator: string; readonly pattern: string } {
  const isCased = (sign: string) => sign.toLowerCase() !== sign.toUpperCase();
  if (!signs.some((sign) => sign > "\x7f" && isCased(sign)))
    return {
      operator: "LIKE ? ESCAPE '\\'",
      pattern: `%${signs.map((sign) => sign.replace(/[\\%_]/, "\\$&")).join("")}%`,
    };
  const choices = signs.map((sign) => (isCased(sign) ? `[${casesOf(sign)}]` : sign.replace(/[*?[]/, "[$&]")));
  return { operator: "GLOB ?", pattern: `*${choices.join("")}*` };
}

/** "Ä" → "äÄ". Where a case takes several letters (ß, SS) it is not one of them. */
function casesOf(sign: string): string {
  const cases = [sign.toLowerCase(), sign.toUpperCase(), sign].filter((one) => [...one].length === 1);
  return [...new Set(cases.includes("Σ") ? [...cases, "σ", "ς"] : cases)].join("");
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
