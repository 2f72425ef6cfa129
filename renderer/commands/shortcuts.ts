/** Keys as people write them: "Ctrl+Shift+N", "F5", "Alt+Left". On a Mac, Ctrl is the Command key. */
export const shortcuts = {
  siteManager: ["Ctrl+S"],
  settings: ["Ctrl+,"],
  shortcuts: ["F1", "Ctrl+/"],
  quickConnect: ["Ctrl+Shift+O"],
  editPath: ["Ctrl+L"],
  showHidden: ["Ctrl+H"],
  refresh: ["F5", "Ctrl+R"],
  newFolder: ["F7", "Ctrl+Shift+N"],
  transfer: ["F6"],
  plan: ["Shift+F6"],
  rename: ["F2"],
  delete: ["Delete"],
  copy: ["Ctrl+C"],
  paste: ["Ctrl+V"],
  selectAll: ["Ctrl+A"],
  up: ["Backspace", "Alt+Up"],
  back: ["Alt+Left"],
  forward: ["Alt+Right"],
  menu: ["Shift+F10", "ContextMenu"],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type ShortcutName = keyof typeof shortcuts;

export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** Whether a key press is a shortcut, all modifiers included. */
export function isShortcut(press: KeyPress, name: ShortcutName): boolean {
  const pressed = writeDown(press);
  return shortcuts[name].some((keys) => keys === pressed);
}

/** Whether the press holds Ctrl, or Command on a Mac. */
export function holdsCtrl({ ctrlKey, metaKey }: Pick<KeyPress, "ctrlKey" | "metaKey">): boolean {
  return ctrlKey || metaKey;
}

/** The keys for a menu or a tooltip. */
export function keysOf(name: ShortcutName): string {
  return shortcuts[name][0];
}

/** All the keys a shortcut answers to, the best known first. */
export function allKeysOf(name: ShortcutName): readonly string[] {
  return shortcuts[name];
}

function writeDown(press: KeyPress): string {
  const key = press.key.startsWith("Arrow") ? press.key.slice("Arrow".length) : press.key;
  return [
    holdsCtrl(press) ? "Ctrl+" : "",
    press.altKey ? "Alt+" : "",
    press.shiftKey ? "Shift+" : "",
    key.length === 1 ? key.toUpperCase() : key,
  ].join("");
}
