import type { DatabaseSync } from "node:sqlite";

/** The SQL about sites and their folders. */
export function prepareSiteStatements(db: DatabaseSync) {
  return {
    allFolders: db.prepare("SELECT * FROM site_folders ORDER BY position, id"),
    allSites: db.prepare("SELECT * FROM sites ORDER BY position, id"),
    siteById: db.prepare("SELECT * FROM sites WHERE id = ?"),
    folderById: db.prepare("SELECT * FROM site_folders WHERE id = ?"),
    siblings: db.prepare(
      `SELECT id, position FROM sites WHERE folder_id IS ? AND origin = 'saved'
       UNION ALL SELECT id, position FROM site_folders WHERE folder_id IS ? ORDER BY position, id`,
    ),
    lastPosition: db.prepare(
      `SELECT max(position) AS last FROM (SELECT position FROM sites WHERE folder_id IS ?
       UNION ALL SELECT position FROM site_folders WHERE folder_id IS ?)`,
    ),
    insertSite: db.prepare(
      "INSERT INTO sites (id, folder_id, position, origin, settings, sealed_password, sealed_account) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    changeSite: db.prepare("UPDATE sites SET settings = ? WHERE id = ?"),
    setPassword: db.prepare("UPDATE sites SET sealed_password = ? WHERE id = ?"),
    setAccount: db.prepare("UPDATE sites SET sealed_account = ? WHERE id = ?"),
    noteConnected: db.prepare("UPDATE sites SET last_connected_ms = ? WHERE id = ?"),
    makeHistory: db.prepare("UPDATE sites SET origin = 'quick', folder_id = NULL WHERE id = ? AND origin = 'saved'"),
    removeSite: db.prepare("DELETE FROM sites WHERE id = ?"),
    placeSite: db.prepare("UPDATE sites SET folder_id = ?, position = ? WHERE id = ?"),
    insertFolder: db.prepare(
      "INSERT INTO site_folders (id, folder_id, position, name, is_expanded) VALUES (?, ?, ?, ?, 1)",
    ),
    renameFolder: db.prepare("UPDATE site_folders SET name = ? WHERE id = ?"),
    expandFolder: db.prepare("UPDATE site_folders SET is_expanded = ? WHERE id = ?"),
    removeFolder: db.prepare("DELETE FROM site_folders WHERE id = ?"),
    placeFolder: db.prepare("UPDATE site_folders SET folder_id = ?, position = ? WHERE id = ?"),
  };
}
