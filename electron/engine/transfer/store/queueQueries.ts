import type { QueueFilter } from "../../../../shared/models/transfer.ts";
import { transferLife } from "../transferLife.ts";

/** The rows of each tab, told by the very words of its partial index, so that SQLite uses it and looks at nothing else. */
export const filterConditions = {
  queued: "state IN ('queued', 'running', 'waiting', 'backoff', 'paused')",
  failed: "state = 'failed'",
  completed: "state IN ('done', 'cancelled')",
} as const satisfies Record<QueueFilter, string>;

/** What runs next, in the words of the indexes. Rows at one position stand in the order they were added. */
export const runOrder = "priority DESC, coalesce(moved_to, id), id";

/** The order of each tab. */
export const filterOrders = {
  queued: `state <> 'running', ${runOrder}`, // what moves stands on top
  failed: "finished_ms DESC, id DESC",
  completed: "finished_ms DESC, id DESC",
} as const satisfies Record<QueueFilter, string>;

export const rowColumns = `
  t.id, p.batch AS batchId, t.place AS placeId, t.site AS siteNo, s.id AS siteId, b.direction, t.kind, t.priority, b.root,
  p.source_folder AS sourceFolder, p.target_folder AS targetFolder, t.source_name AS sourceName, t.target_name AS targetName,
  t.size, t.modified_ms AS modifiedMs, t.precision, t.state, t.attempts, t.bytes_done AS bytesDone, t.begun,
  t.begun_size AS begunSize, t.begun_modified_ms AS begunModifiedMs, t.begun_identity AS begunIdentity, t.old_size AS oldSize, t.old_modified_ms AS oldModifiedMs,
  t.part_name AS partName, t.is_text AS isText, b.transfer_type AS batchType, t.decision, b.rule AS batchRule, t.error_kind AS errorKind, t.error_text AS errorText, t.skipped, t.skipped_by AS skippedBy,
  t.retry_at_ms AS retryAtMs, t.started_ms AS startedMs, t.finished_ms AS finishedMs, r.level AS evidence, r.check_result AS checked,
  nullif(pl.action, 'pending') AS plannedAction, pl.new_name AS plannedName, pl.stands AS plannedStands, pl.target_size AS plannedSize,
  pl.target_modified_ms AS plannedModifiedMs, pl.target_precision AS plannedPrecision,
  coalesce((SELECT ruled_action = 'create' FROM plans f WHERE f.transfer = p.opened_by), 0) AS inNewFolder`;
export const rowJoins = `JOIN places p ON p.id = t.place JOIN batches b ON b.id = p.batch JOIN sites s ON s.no = t.site
  LEFT JOIN receipts r ON r.transfer = t.id LEFT JOIN plans pl ON pl.transfer = t.id`;

/** Each hot query by name; a test asks SQLite for the plan of every one. */
export const queueQueries = {
  insertSite: "INSERT OR IGNORE INTO sites (id) VALUES (?)",
  siteNo: "SELECT no, is_paused AS isPaused FROM sites WHERE id = ?",
  insertBatch:
    "INSERT INTO batches (site, direction, root, transfer_type, created_ms, title, sources, plan) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  growBatch: "UPDATE batches SET files = files + ?, folders = folders + ?, bytes = bytes + ? WHERE id = ?",
  setBatchRule: "UPDATE batches SET rule = ? WHERE id = ?",
  insertPlace: "INSERT OR IGNORE INTO places (batch, opened_by, source_folder, target_folder) VALUES (?, ?, ?, ?)",
  placeOf: "SELECT id FROM places WHERE opened_by = ?",
  namesIn: "SELECT source_name AS sourceName, target_name AS targetName FROM transfers WHERE place = ?",
  insertTransfer: `INSERT OR IGNORE INTO transfers
    (place, site, kind, source_name, target_name, size, modified_ms, precision, state, skipped, finished_ms, priority, moved_to)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  standingOfFolder: "SELECT state, priority, moved_to AS movedTo FROM transfers WHERE id = ?",
  openedBy: "SELECT opened_by AS openedBy FROM places WHERE id = ?",
  sitesWithQueued: `SELECT s.no, s.id FROM sites s JOIN counts c ON c.site = s.no
    WHERE c.kind = ? AND c.state = 'queued' AND c.n > 0 ORDER BY s.no`,
  /** Ids only: joined to everything a row shows, the same takes SQLite six times as long as to find each row by its id. */
  nextQueued: `SELECT id FROM transfers WHERE site = ? AND kind = ? AND state = 'queued'
    AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY ${runOrder} LIMIT ?`,
  /** Small files among those that are next: it looks no further than that. */
  nextSmall: `SELECT id FROM transfers WHERE id IN (SELECT id FROM transfers
    WHERE site = ? AND kind = 'file' AND state = 'queued' AND priority = ? AND id NOT IN (SELECT value FROM json_each(?))
    ORDER BY ${runOrder} LIMIT 500) AND (size IS NULL OR size < ?) ORDER BY ${runOrder} LIMIT 1`,
  find: `SELECT ${rowColumns} FROM transfers t ${rowJoins} WHERE t.id = ?`,
  lastId: "SELECT coalesce(max(id), 0) AS id FROM transfers",
  stateOf: "SELECT state FROM transfers WHERE id = ?",
  waitingIds: `SELECT t.id FROM transfers t JOIN places p ON p.id = t.place JOIN batches b ON b.id = p.batch
    WHERE t.state = 'waiting' AND t.state IN ('running', 'waiting', 'backoff')
    AND (:batchId IS NULL OR b.id = :batchId) AND (:direction IS NULL OR b.direction = :direction)
    AND t.id NOT IN (SELECT value FROM json_each(:except)) ORDER BY t.id LIMIT :limit`,
  begin: `UPDATE transfers SET begun = ?, target_name = ?, begun_size = ?, begun_modified_ms = ?, old_size = ?,
    old_modified_ms = ?, part_name = ?, is_text = ?, begun_identity = ?, size = coalesce(?, size) WHERE id = ?`,
  claimBegun: `UPDATE transfers SET state = '${transferLife.claim.to}', started_ms = coalesce(started_ms, ?), begun = ?, target_name = ?,
    begun_size = ?, begun_modified_ms = ?, old_size = ?, old_modified_ms = ?, part_name = ?, is_text = ?, begun_identity = ?
    WHERE id = ? AND state IN (${transferLife.claim.from.map((state) => `'${state}'`).join(", ")})`,
  takeBackBegin: "UPDATE transfers SET begun = 'no', part_name = NULL WHERE id = ?",
  checkpoint: "UPDATE transfers SET bytes_done = ? WHERE id = ?",
  releaseDue: `UPDATE transfers SET state = '${transferLife.due.to}', retry_at_ms = NULL WHERE state = 'backoff' AND retry_at_ms <= ?`,
  nextDue: "SELECT min(retry_at_ms) AS at FROM transfers WHERE state = 'backoff'",
  recover: `UPDATE transfers SET state = '${transferLife.interrupt.to}', retry_at_ms = NULL
    WHERE state IN ('running', 'waiting', 'backoff')`,
  rowsWithPart: `SELECT ${rowColumns} FROM json_each(?) j JOIN transfers t ON t.id = j.value ${rowJoins} WHERE t.part_name IS NOT NULL`,
  abandonedParts: `SELECT ${rowColumns} FROM (SELECT id AS partId FROM transfers WHERE part_name IS NOT NULL AND state = 'cancelled') n
    JOIN transfers t ON t.id = n.partId ${rowJoins}`,
  forgetParts: `UPDATE transfers SET part_name = NULL, begun = 'no', bytes_done = 0, begun_size = NULL, begun_modified_ms = NULL
    WHERE id IN (SELECT value FROM json_each(?)) AND part_name IS NOT NULL`,
  unsentSources: `SELECT p.source_folder AS folder, t.source_name AS name FROM json_each(?) j JOIN transfers t ON t.id = j.value
    JOIN places p ON p.id = t.place JOIN batches b ON b.id = p.batch WHERE b.direction = 'upload' AND t.state <> 'done'`,
  deleteEnded: `DELETE FROM transfers WHERE id IN (SELECT value FROM json_each(?)) AND state IN ('done', 'failed', 'cancelled')`,
  deleteEmptyPlaces: "DELETE FROM places WHERE NOT EXISTS (SELECT 1 FROM transfers t WHERE t.place = places.id)",
  deleteEmptyBatches: "DELETE FROM batches WHERE NOT EXISTS (SELECT 1 FROM places p WHERE p.batch = batches.id)",
  readsBelow: `SELECT 1 FROM places p JOIN batches b ON b.id = p.batch
    WHERE b.direction = 'upload' AND (p.source_folder = ?1 OR substr(p.source_folder, 1, length(?1) + 1) IN (?1 || '/', ?1 || '\\'))
    AND EXISTS (SELECT 1 FROM transfers t WHERE t.place = p.id AND t.state <> 'done') LIMIT 1`,
  needsSite: `SELECT 1 FROM sites s JOIN counts c ON c.site = s.no
    WHERE s.id = ? AND c.n > 0 AND c.state NOT IN ('done', 'cancelled') LIMIT 1`,
  rowsOf: `SELECT ${rowColumns} FROM json_each(?) j JOIN transfers t ON t.id = j.value ${rowJoins} ORDER BY j.key`,
  siteIds: "SELECT id FROM sites",
  sitesWaitedFor: `SELECT DISTINCT s.id FROM sites s JOIN counts c ON c.site = s.no
    WHERE c.n > 0 AND c.state IN ('queued', 'running', 'backoff')`,
  counts: "SELECT kind, state, sum(n) AS n, sum(bytes) AS bytes FROM counts GROUP BY kind, state",
  getFlag: "SELECT value FROM flags WHERE name = ?",
  setFlag: "INSERT INTO flags VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  windowQueued: windowQuery("queued"),
  windowFailed: windowQuery("failed"),
  windowCompleted: windowQuery("completed"),
} as const;

/** The ids of a tab in its order, as `windowId`, straight from its index: a million rows are not sorted to show some of them. */
export function tabIds(filter: QueueFilter): string {
  if (filter === "queued") return queuedIds();
  return `SELECT id AS windowId FROM transfers WHERE ${filterConditions[filter]} ORDER BY ${filterOrders[filter]}`;
}

/** What moves, then the rest as its index has it. SQLite takes the parts of a UNION ALL one after the other. */
function queuedIds(): string {
  const running = `SELECT id AS windowId FROM transfers WHERE state = 'running' AND state IN ('running', 'waiting', 'backoff')
    ORDER BY ${runOrder}`;
  const rest = `SELECT id AS windowId FROM transfers WHERE ${filterConditions.queued} AND state <> 'running' ORDER BY ${runOrder}`;
  return `SELECT windowId FROM (SELECT * FROM (${running}) UNION ALL SELECT * FROM (${rest}))`;
}

function windowQuery(filter: QueueFilter): string {
  const order = filterOrders[filter];
  const ordered = order.replaceAll(/\b(?=state|priority|moved_to|id\b|finished_ms)/g, "t.");
  return `SELECT ${rowColumns} FROM (${tabIds(filter)} LIMIT ? OFFSET ?) w JOIN transfers t ON t.id = w.windowId ${rowJoins} ORDER BY ${ordered}`;
}
