import { openDatabase } from "../../db/openDatabase.ts";
import { queueMigrations } from "../store/queueSchema.ts";

const db = openDatabase(":memory:", queueMigrations);

/** How SQLite goes about a query over the queue's tables, step by step: "SEARCH transfers USING INTEGER PRIMARY KEY (rowid=?)". */
export function queryPlanOf(text: string): string[] {
  return db
    .prepare(`EXPLAIN QUERY PLAN ${text}`)
    .all()
    .map(({ detail }) => String(detail));
}
