/* A step of the queue's schema: what has run in somebody's file is never written otherwise again. */

const isEnded = "state IN ('done', 'failed', 'cancelled')";
const outcomeOf = (row: string) =>
  `CASE WHEN ${row}.state = 'done' AND ${row}.skipped IS NOT NULL THEN 'skipped' ELSE ${row}.state END`;
const reasonOf = (row: string) =>
  `CASE ${row}.state WHEN 'done' THEN coalesce(${row}.skipped, '') WHEN 'failed' THEN coalesce(${row}.error_kind, 'internal') ELSE '' END`;
const countEnd = `INSERT INTO batch_ends
    SELECT batch, ${outcomeOf("NEW")}, ${reasonOf("NEW")}, NEW.kind, 1, coalesce(NEW.size, 0), NEW.finished_ms
    FROM places WHERE id = NEW.place
    ON CONFLICT DO UPDATE SET n = n + 1, bytes = bytes + excluded.bytes, last_ms = max(last_ms, excluded.last_ms)`;
const uncountEnd = `UPDATE batch_ends SET n = n - 1, bytes = bytes - coalesce(OLD.size, 0)
    WHERE batch = (SELECT batch FROM places WHERE id = OLD.place)
    AND outcome = ${outcomeOf("OLD")} AND reason = ${reasonOf("OLD")} AND kind = OLD.kind`;

/** How the transfers of a drop have ended, kept by triggers that touch a row when it ends and at no other time. */
export const batchMigration = `
ALTER TABLE batches ADD COLUMN title TEXT;
ALTER TABLE batches ADD COLUMN sources INTEGER NOT NULL DEFAULT 1;

CREATE TABLE batch_ends (
  batch INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  kind TEXT NOT NULL,
  n INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  last_ms INTEGER,
  PRIMARY KEY (batch, outcome, reason, kind)
) WITHOUT ROWID;
INSERT INTO batch_ends SELECT p.batch, ${outcomeOf("t")}, ${reasonOf("t")}, t.kind, count(*), sum(coalesce(t.size, 0)), max(t.finished_ms)
  FROM transfers t JOIN places p ON p.id = t.place WHERE t.${isEnded} GROUP BY 1, 2, 3, 4;
-- Ended rows may have been cleared from the list before this was counted: what is gone is no longer part of the drop.
UPDATE batches SET
  files = (SELECT count(*) FROM transfers t JOIN places p ON p.id = t.place WHERE p.batch = batches.id AND t.kind = 'file'),
  folders = (SELECT count(*) FROM transfers t JOIN places p ON p.id = t.place WHERE p.batch = batches.id AND t.kind = 'folder'),
  bytes = (SELECT coalesce(sum(t.size), 0) FROM transfers t JOIN places p ON p.id = t.place WHERE p.batch = batches.id);

CREATE INDEX transfers_begun ON transfers (place, bytes_done)
  WHERE bytes_done > 0 AND state IN ('queued', 'running', 'waiting', 'backoff', 'paused');

CREATE TRIGGER batch_end_insert AFTER INSERT ON transfers WHEN NEW.${isEnded} BEGIN
  ${countEnd};
END;
CREATE TRIGGER batch_end_update AFTER UPDATE OF state ON transfers WHEN NEW.${isEnded} AND OLD.state <> NEW.state BEGIN
  ${countEnd};
END;
CREATE TRIGGER batch_end_undo AFTER UPDATE OF state ON transfers WHEN OLD.${isEnded} AND OLD.state <> NEW.state BEGIN
  ${uncountEnd};
END;
CREATE TRIGGER batch_failed_delete AFTER DELETE ON transfers WHEN OLD.state = 'failed' BEGIN
  ${uncountEnd};
  INSERT INTO batch_ends SELECT batch, 'cancelled', '', OLD.kind, 1, coalesce(OLD.size, 0), OLD.finished_ms
    FROM places WHERE id = OLD.place
    ON CONFLICT DO UPDATE SET n = n + 1, bytes = bytes + excluded.bytes, last_ms = max(last_ms, excluded.last_ms);
END;
CREATE TRIGGER batch_size AFTER UPDATE OF size ON transfers WHEN OLD.size IS NOT NEW.size BEGIN
  UPDATE batches SET bytes = bytes + coalesce(NEW.size, 0) - coalesce(OLD.size, 0)
    WHERE id = (SELECT batch FROM places WHERE id = NEW.place);
END;
CREATE TRIGGER batch_delete AFTER DELETE ON batches BEGIN
  DELETE FROM batch_ends WHERE batch = OLD.id;
END;
`;
