import { filterConditions } from "./queueQueries.ts";

const receiptColumns = `
  r.transfer AS id, r.size, r.sha256, r.level, r.server_algorithm AS serverAlgorithm, r.server_value AS serverValue, r.restarted,
  r.at_ms AS atMs, r.check_side AS checkSide, r.check_result AS checkResult, r.check_level AS checkLevel, r.check_ms AS checkMs,
  b.direction, s.id AS siteId, p.source_folder AS sourceFolder, p.target_folder AS targetFolder, t.source_name AS sourceName,
  t.target_name AS targetName`;
const receiptJoins = `JOIN transfers t ON t.id = r.transfer JOIN places p ON p.id = t.place JOIN batches b ON b.id = p.batch
  JOIN sites s ON s.no = t.site`;

/** Each query of the receipts by name; a test asks SQLite for the plan of every one. */
export const receiptQueries = {
  insert: `INSERT INTO receipts (transfer, size, sha256, level, server_algorithm, server_value, restarted, at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  readIds: `SELECT ${receiptColumns} FROM json_each(?) j CROSS JOIN receipts r ON r.transfer = j.value ${receiptJoins}`,
  pageOfIds: `SELECT ${receiptColumns} FROM receipts r ${receiptJoins}
    WHERE r.transfer > ? AND r.transfer IN (SELECT value FROM json_each(?)) ORDER BY r.transfer LIMIT ?`,
  pageOfTab: `SELECT ${receiptColumns} FROM receipts r ${receiptJoins}
    WHERE r.transfer > ? AND t.${filterConditions.completed} ORDER BY r.transfer LIMIT ?`,
  noteCheck: "UPDATE receipts SET check_side = ?, check_result = ?, check_level = ?, check_ms = ? WHERE transfer = ?",
} as const;
