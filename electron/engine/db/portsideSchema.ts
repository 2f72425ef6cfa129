/**
 * `portside.sqlite`: sites, trusted certificates, and documents (settings, layout). Passwords and accounts stand here sealed only.
 * The queue has a file of its own (docs/decisions/0006).
 */
export const portsideMigrations: readonly string[] = [
  `
  CREATE TABLE site_folders (
    id TEXT PRIMARY KEY,
    folder_id TEXT REFERENCES site_folders (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    is_expanded INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sites (
    id TEXT PRIMARY KEY,
    folder_id TEXT REFERENCES site_folders (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    origin TEXT NOT NULL,
    settings TEXT NOT NULL,
    sealed_password TEXT,
    last_connected_ms INTEGER
  ) STRICT;
  CREATE TABLE certificates (
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (host, port)
  ) STRICT;
  CREATE TABLE documents (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
  `,
  "ALTER TABLE sites ADD COLUMN sealed_account TEXT",
  "CREATE TABLE mapped_names (id INTEGER PRIMARY KEY, local_path TEXT NOT NULL UNIQUE, remote_name TEXT NOT NULL) STRICT",
];
