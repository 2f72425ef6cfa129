import { describe, expect, test } from "vitest";
import type { EntryType } from "../../shared/models/entry.ts";
import type { Side } from "../../shared/models/place.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { type FolderTarget, planDrop } from "./planDrop.ts";

const entry = (side: Side, path: string, type: EntryType = "file"): PaneEntry => ({
  place: side === "local" ? { side } : { side, connectionId: "c" },
  folder: path.slice(0, path.lastIndexOf("/")),
  path,
  name: path.slice(path.lastIndexOf("/") + 1),
  wireName: path.slice(path.lastIndexOf("/") + 1),
  type,
  size: null,
  modifiedMs: null,
  permissions: null,
});
const onto = (side: Side, path: string): FolderTarget => ({ side, path, label: path, springs: false });
const action = (entries: PaneEntry[], target: FolderTarget) => planDrop(entries, target)?.action ?? null;

describe("planDrop", () => {
  test("across the panes it is a transfer", () => {
    expect(action([entry("local", "/home/a")], onto("remote", "/www"))).toBe("upload");
    expect(action([entry("remote", "/www/a")], onto("local", "/home"))).toBe("download");
  });

  test("within a pane it is a move into another folder", () => {
    expect(action([entry("remote", "/www/a")], onto("remote", "/www/blog"))).toBe("move");
    expect(action([entry("remote", "/www/a")], onto("remote", "/"))).toBe("move");
  });

  test("dropped where they lie already, entries stay", () => {
    expect(action([entry("remote", "/www/a")], onto("remote", "/www"))).toBeNull();
  });

  test("a folder never goes into itself or below itself", () => {
    const folders = [entry("remote", "/www/a", "file"), entry("remote", "/www/blog", "directory")];
    expect(action(folders, onto("remote", "/www/blog"))).toBeNull();
    expect(action(folders, onto("remote", "/www/blog/2026"))).toBeNull();
    expect(action(folders, onto("remote", "/www/blog-old"))).toBe("move");
  });

  test("nothing dragged is nothing to do", () => expect(planDrop([], onto("remote", "/"))).toBeNull());
});
