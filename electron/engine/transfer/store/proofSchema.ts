/* A step of the queue's schema: what has run in somebody's file is never written otherwise again. */

/**
 * How many files of a drop are proved in which way, counted as their receipts are written: a transfer is done once and has one receipt.
 * It stays counted when the list of what is done is cleared, as the transfer itself does.
 */
export const proofMigration = `
CREATE TABLE batch_proofs (
  batch INTEGER NOT NULL,
  level TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (batch, level)
) WITHOUT ROWID;
INSERT INTO batch_proofs SELECT p.batch, r.level, count(*)
  FROM receipts r JOIN transfers t ON t.id = r.transfer JOIN places p ON p.id = t.place GROUP BY 1, 2;

CREATE TRIGGER batch_proof_insert AFTER INSERT ON receipts BEGIN
  INSERT INTO batch_proofs SELECT p.batch, NEW.level, 1
    FROM transfers t JOIN places p ON p.id = t.place WHERE t.id = NEW.transfer
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER batch_proof_delete AFTER DELETE ON batches BEGIN
  DELETE FROM batch_proofs WHERE batch = OLD.id;
END;
`;
