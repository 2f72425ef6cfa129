import { batchMigration } from "./batchSchema.ts";
import { planMigration } from "./planSchema.ts";
import { proofMigration } from "./proofSchema.ts";

/**
 * The queue's own file. A place is a pair of folders (source, target) that many transfers share, so that a million rows do not repeat
 * long parents. `counts` is kept by triggers: a summary never counts rows. Partial indexes hold only the rows a query can want.
 */
export const queueMigrations: readonly string[] = [
  `
CREATE TABLE sites (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
);

CREATE TABLE batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  site INTEGER NOT NULL REFERENCES sites (no),
  direction TEXT NOT NULL CHECK (direction IN ('upload', 'download')),
  root TEXT NOT NULL,
  rule TEXT,
  files INTEGER NOT NULL DEFAULT 0,
  folders INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL
);

CREATE TABLE places (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batches (id),
  opened_by INTEGER UNIQUE,
  source_folder TEXT NOT NULL,
  target_folder TEXT NOT NULL
);
CREATE INDEX places_of_batch ON places (batch);

CREATE TABLE transfers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place INTEGER NOT NULL REFERENCES places (id),
  site INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'folder')),
  source_name TEXT NOT NULL,
  target_name TEXT NOT NULL,
  size INTEGER,
  modified_ms REAL,
  precision TEXT NOT NULL DEFAULT 'second',
  state TEXT NOT NULL DEFAULT 'queued',
  priority INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  bytes_done INTEGER NOT NULL DEFAULT 0,
  begun TEXT NOT NULL DEFAULT 'no' CHECK (begun IN ('no', 'fresh', 'over', 'continued')),
  begun_size INTEGER,
  begun_modified_ms REAL,
  old_size INTEGER,
  old_modified_ms REAL,
  part_name TEXT,
  decision TEXT,
  error_kind TEXT,
  error_text TEXT,
  skipped TEXT,
  retry_at_ms INTEGER,
  started_ms INTEGER,
  finished_ms INTEGER,
  UNIQUE (place, source_name)
);
CREATE INDEX transfers_next ON transfers (site, kind, priority DESC, id) WHERE state = 'queued';
CREATE INDEX transfers_open ON transfers (priority DESC, id, state)
  WHERE state IN ('queued', 'running', 'waiting', 'backoff', 'paused');
CREATE INDEX transfers_failed ON transfers (finished_ms DESC, id DESC) WHERE state = 'failed';
CREATE INDEX transfers_completed ON transfers (finished_ms DESC, id DESC, state) WHERE state IN ('done', 'cancelled');
CREATE INDEX transfers_due ON transfers (retry_at_ms) WHERE state = 'backoff';
CREATE INDEX transfers_live ON transfers (state, id) WHERE state IN ('running', 'waiting', 'backoff');
CREATE INDEX transfers_with_part ON transfers (id) WHERE part_name IS NOT NULL;

CREATE TABLE counts (
  site INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  n INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (site, kind, state)
) WITHOUT ROWID;

CREATE TRIGGER count_insert AFTER INSERT ON transfers BEGIN
  INSERT INTO counts VALUES (NEW.site, NEW.kind, NEW.state, 1, max(coalesce(NEW.size, 0) - NEW.bytes_done, 0))
    ON CONFLICT DO UPDATE SET n = n + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER count_delete AFTER DELETE ON transfers BEGIN
  UPDATE counts SET n = n - 1, bytes = bytes - max(coalesce(OLD.size, 0) - OLD.bytes_done, 0)
    WHERE site = OLD.site AND kind = OLD.kind AND state = OLD.state;
END;
CREATE TRIGGER count_update AFTER UPDATE OF state, size, bytes_done ON transfers BEGIN
  UPDATE counts SET n = n - 1, bytes = bytes - max(coalesce(OLD.size, 0) - OLD.bytes_done, 0)
    WHERE site = OLD.site AND kind = OLD.kind AND state = OLD.state;
  INSERT INTO counts VALUES (NEW.site, NEW.kind, NEW.state, 1, max(coalesce(NEW.size, 0) - NEW.bytes_done, 0))
    ON CONFLICT DO UPDATE SET n = n + 1, bytes = bytes + excluded.bytes;
END;

CREATE TABLE flags (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
`,
  // What a transfer writes down before its first byte names its size again: most often the same one, which counts nothing.
  `
DROP TRIGGER count_update;
CREATE TRIGGER count_update AFTER UPDATE OF state, size, bytes_done ON transfers
WHEN OLD.state <> NEW.state OR OLD.size IS NOT NEW.size OR OLD.bytes_done <> NEW.bytes_done BEGIN
  UPDATE counts SET n = n - 1, bytes = bytes - max(coalesce(OLD.size, 0) - OLD.bytes_done, 0)
    WHERE site = OLD.site AND kind = OLD.kind AND state = OLD.state;
  INSERT INTO counts VALUES (NEW.site, NEW.kind, NEW.state, 1, max(coalesce(NEW.size, 0) - NEW.bytes_done, 0))
    ON CONFLICT DO UPDATE SET n = n + 1, bytes = bytes + excluded.bytes;
END;
`,
  // Text and bytes are not mixed in one file: how a transfer has begun is written down with it.
  `
ALTER TABLE transfers ADD COLUMN is_text INTEGER;
ALTER TABLE batches ADD COLUMN transfer_type TEXT;
`,
  // The user's order: a row stands where it was added (its id), until it is moved. Both indexes follow the order it runs in.
  `
ALTER TABLE transfers ADD COLUMN moved_to REAL;
DROP INDEX transfers_next;
CREATE INDEX transfers_next ON transfers (site, kind, priority DESC, coalesce(moved_to, id), id) WHERE state = 'queued';
DROP INDEX transfers_open;
CREATE INDEX transfers_open ON transfers (priority DESC, coalesce(moved_to, id), id, state)
  WHERE state IN ('queued', 'running', 'waiting', 'backoff', 'paused');
`,
  // What waits for the user or the clock: transfers of a paused site arrive paused, and a drop may have a time to start at.
  `
ALTER TABLE sites ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN start_at_ms INTEGER;
CREATE INDEX batches_to_start ON batches (start_at_ms) WHERE start_at_ms IS NOT NULL;
`,
  // Which of the ordered conflict rules has skipped a transfer.
  `
ALTER TABLE transfers ADD COLUMN skipped_by TEXT;
`,
  batchMigration,
  // What proves that a transferred file is right is kept as long as its row. A source is the same only as the same file of the disk.
  `
CREATE TABLE receipts (
  transfer INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  sha256 TEXT,
  level TEXT NOT NULL CHECK (level IN ('word', 'size', 'tail', 'hash', 'read-back')),
  server_algorithm TEXT,
  server_value TEXT,
  restarted TEXT,
  at_ms REAL NOT NULL,
  check_side TEXT,
  check_result TEXT,
  check_level TEXT,
  check_ms REAL
);
CREATE TRIGGER receipt_delete AFTER DELETE ON transfers WHEN OLD.state = 'done' BEGIN
  DELETE FROM receipts WHERE transfer = OLD.id;
END;
ALTER TABLE transfers ADD COLUMN begun_identity TEXT;
`,
  proofMigration,
  planMigration,
];
