import { allKeysOf } from "./shortcuts.ts";

/** What the keyboard can do, in the order of a first tour. The names are the texts' keys; keys as people write them. */
export const shortcutGroups = [
  {
    name: "window",
    lines: [
      { does: "quickConnect", keys: allKeysOf("quickConnect") },
      { does: "siteManager", keys: allKeysOf("siteManager") },
      { does: "settings", keys: allKeysOf("settings") },
      { does: "shortcuts", keys: allKeysOf("shortcuts") },
      { does: "showHidden", keys: allKeysOf("showHidden") },
      { does: "resize", keys: ["Left", "Right"] },
    ],
  },
  {
    name: "files",
    lines: [
      { does: "otherSide", keys: ["Tab"] },
      { does: "open", keys: ["Enter"] },
      { does: "transfer", keys: allKeysOf("transfer") },
      { does: "plan", keys: allKeysOf("plan") },
      { does: "up", keys: allKeysOf("up") },
      { does: "back", keys: allKeysOf("back") },
      { does: "forward", keys: allKeysOf("forward") },
      { does: "editPath", keys: allKeysOf("editPath") },
      { does: "refresh", keys: allKeysOf("refresh") },
      { does: "newFolder", keys: allKeysOf("newFolder") },
      { does: "rename", keys: allKeysOf("rename") },
      { does: "delete", keys: allKeysOf("delete") },
      { does: "copy", keys: allKeysOf("copy") },
      { does: "paste", keys: allKeysOf("paste") },
    ],
  },
  {
    name: "selection",
    lines: [
      { does: "find", keys: ["A–Z"] },
      { does: "extend", keys: ["Shift+Up", "Shift+Down"] },
      { does: "move", keys: ["Ctrl+Up", "Ctrl+Down"] },
      { does: "toggle", keys: ["Space"] },
      { does: "selectAll", keys: allKeysOf("selectAll") },
      { does: "selectNone", keys: ["Escape"] },
      { does: "menu", keys: ["Shift+F10"] },
    ],
  },
  {
    name: "queue",
    lines: [
      { does: "details", keys: ["Enter"] },
      { does: "searchQueue", keys: ["Ctrl+F"] },
      { does: "take", keys: ["Delete"] },
      { does: "queueMove", keys: ["Alt+Up", "Alt+Down"] },
      { does: "queueEnds", keys: ["Alt+Home", "Alt+End"] },
      { does: "queueMenu", keys: ["Shift+F10"] },
    ],
  },
] as const;
