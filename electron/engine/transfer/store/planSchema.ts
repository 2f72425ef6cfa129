/* A step of the queue's schema: what has run in somebody's file is never written otherwise again. */

/** What a planned row is going to move. */
const bytesOf = (row: string) => `CASE ${row}.action
    WHEN 'skip' THEN 0 WHEN 'fail' THEN 0 WHEN 'merge' THEN 0
    WHEN 'resume' THEN max(coalesce(${row}.size, 0) - coalesce(${row}.target_size, 0), 0)
    ELSE coalesce(${row}.size, 0) END`;
const count = `INSERT INTO plan_counts VALUES (NEW.batch, NEW.action, NEW.kind, NEW.note <> '', 1, ${bytesOf("NEW")})
    ON CONFLICT DO UPDATE SET n = n + 1, bytes = bytes + excluded.bytes`;
const uncount = `UPDATE plan_counts SET n = n - 1, bytes = bytes - (${bytesOf("OLD")})
    WHERE batch = OLD.batch AND action = OLD.action AND kind = OLD.kind AND is_noted = (OLD.note <> '')`;

/**
 * What will happen to planned transfers, and what stood at their targets when that was found out: kept as long as the row, so that what the
 * user saw is what is done. A row is here from its arrival on, `pending` until somebody has looked. Triggers keep the counts.
 */
export const planMigration = `
ALTER TABLE batches ADD COLUMN plan TEXT CHECK (plan IN ('asked', 'automatic', 'starting'));
CREATE INDEX batches_planned ON batches (id) WHERE plan IS NOT NULL;

CREATE TABLE plans (
  transfer INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  size INTEGER,
  action TEXT NOT NULL DEFAULT 'pending',
  reason TEXT,
  rule TEXT,
  note TEXT NOT NULL DEFAULT '',
  error_kind TEXT,
  new_name TEXT,
  stands INTEGER NOT NULL DEFAULT 0,
  can_resume INTEGER NOT NULL DEFAULT 0,
  target_size INTEGER,
  target_modified_ms REAL,
  target_precision TEXT,
  ruled_action TEXT,
  ruled_reason TEXT
);
CREATE INDEX plans_pending ON plans (batch, place, transfer) WHERE action = 'pending';
CREATE INDEX plans_of_batch ON plans (batch, transfer);
CREATE INDEX plans_by_action ON plans (batch, action, transfer);
CREATE INDEX plans_noted ON plans (batch, transfer) WHERE note <> '';

CREATE TABLE plan_counts (
  batch INTEGER NOT NULL,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  is_noted INTEGER NOT NULL,
  n INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (batch, action, kind, is_noted)
) WITHOUT ROWID;

CREATE TRIGGER plan_insert AFTER INSERT ON transfers WHEN NEW.state = 'planned' BEGIN
  INSERT INTO plans (transfer, batch, place, kind, size)
    SELECT NEW.id, batch, NEW.place, NEW.kind, NEW.size FROM places WHERE id = NEW.place;
END;
CREATE TRIGGER plan_cancel AFTER UPDATE OF state ON transfers WHEN OLD.state = 'planned' AND NEW.state = 'cancelled' BEGIN
  DELETE FROM plans WHERE transfer = NEW.id;
END;
CREATE TRIGGER plan_delete AFTER DELETE ON transfers BEGIN
  DELETE FROM plans WHERE transfer = OLD.id;
END;
CREATE TRIGGER plan_count_insert AFTER INSERT ON plans BEGIN
  ${count};
END;
CREATE TRIGGER plan_count_update AFTER UPDATE ON plans BEGIN
  ${uncount};
  ${count};
END;
CREATE TRIGGER plan_count_delete AFTER DELETE ON plans BEGIN
  ${uncount};
END;
CREATE TRIGGER plan_forget AFTER DELETE ON batches BEGIN
  DELETE FROM plan_counts WHERE batch = OLD.id;
END;
`;
