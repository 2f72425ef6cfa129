import type { DatabaseSync, StatementSync } from "node:sqlite";
import { queueQueries } from "./queueQueries.ts";

/** The hot queries of the queue's file, each prepared once. */
export type QueueStatements = Readonly<Record<keyof typeof queueQueries, StatementSync>>;

export function prepareQueueStatements(db: DatabaseSync): QueueStatements {
  const prepared = Object.entries(queueQueries).map(([name, text]) => [name, db.prepare(text)]);
  return Object.fromEntries(prepared) as QueueStatements; // the keys are those of queueQueries
}

/** Statements whose text depends on what is asked, each prepared once. */
export type StatementFor = (text: string) => StatementSync;

export function keepStatements(db: DatabaseSync): StatementFor {
  const prepared = new Map<string, StatementSync>();
  return (text) => {
    const statement = prepared.get(text) ?? db.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
}
