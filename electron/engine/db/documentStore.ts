import type { DatabaseSync } from "node:sqlite";

/** Small texts by name: settings, the window's layout. */
export type DocumentStore = {
  readonly load: (name: string) => string | null;
  readonly save: (name: string, text: string) => void;
};

export function createDocumentStore(db: DatabaseSync): DocumentStore {
  const select = db.prepare("SELECT text FROM documents WHERE name = ?");
  const upsert = db.prepare(
    "INSERT INTO documents (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text",
  );
  return {
    load: (name) => {
      const text = select.get(name)?.text;
      return typeof text === "string" ? text : null;
    },
    save: (name, text) => {
      upsert.run(name, text);
    },
  };
}
