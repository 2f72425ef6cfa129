/** A menu of roles only: Electron brings their labels, keys and deeds. null: no menu bar. */
export type RoleMenu = { readonly role: "appMenu" | "editMenu" | "windowMenu" }[];

/**
 * macOS needs a menu for ⌘Q, ⌘C and ⌘V to work at all. Elsewhere the window itself has every command, and Electron's default menu
 * would take Ctrl+R and Ctrl+W for itself.
 */
export function createMenu(platform: NodeJS.Platform): RoleMenu | null {
  if (platform !== "darwin") return null;
  return [{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }];
}
