import type { Entry, EntryType } from "../../shared/models/entry.ts";

/** A folder tree in memory: what lies in each folder, by path. */
export type SampleTree = Map<string, Entry[]>;

const day = 24 * 60 * 60_000;

export function createLocalTree(nowMs: number): SampleTree {
  const tree: SampleTree = new Map();
  put(
    tree,
    "/",
    ["home", "tmp", "usr"].map((name) => entry(name, "directory", nowMs - 200 * day)),
  );
  put(tree, "/home", [entry("mira", "directory", nowMs - 3 * day)]);
  put(tree, "/home/mira", [
    entry(".cache", "directory", nowMs - day),
    entry(".profile", "file", nowMs - 400 * day, 807),
    ...["Desktop", "Documents", "Downloads", "Music", "Pictures", "Projects", "报告", "Website"].map((name, index) =>
      entry(name, "directory", nowMs - index * 9 * day),
    ),
    entry("budget 2026.xlsx", "file", nowMs - 26 * 60_000, 48_213),
    entry("holiday photo 2.jpg", "file", nowMs - 4 * day, 3_481_022),
    entry("holiday photo 10.jpg", "file", nowMs - 4 * day, 5_120_411),
    entry("install.sh", "file", nowMs - 90 * day, 2_410),
    entry("notes.md", "file", nowMs - 3 * 60_000, 6_144),
    entry("portside-backup.tar.gz", "file", nowMs - 5 * 60 * 60_000, 1_288_490_188),
    entry("资料汇总.pdf", "file", nowMs - 12 * day, 904_110),
  ]);
  put(tree, "/home/mira/Website", [
    entry("assets", "directory", nowMs - 2 * day),
    entry("css", "directory", nowMs - 2 * day),
    entry("index.html", "file", nowMs - 50 * 60_000, 12_340),
    entry("robots.txt", "file", nowMs - 300 * day, 96),
  ]);
  return tree;
}

export function createRemoteTree(nowMs: number): SampleTree {
  const tree: SampleTree = new Map();
  put(
    tree,
    "/",
    ["backup", "huge", "logs", "public_html", "uploads"].map((name) => entry(name, "directory", nowMs - 30 * day)),
  );
  put(tree, "/public_html", [
    entry("assets", "directory", nowMs - 2 * day),
    entry("blog", "directory", nowMs - 8 * day),
    entry("cgi-bin", "directory", nowMs - 800 * day),
    { ...entry("current", "symlink", nowMs - day), linkTarget: "../releases/2026-11-20" },
    entry(".htaccess", "file", nowMs - 60 * day, 512),
    entry("favicon.ico", "file", nowMs - 700 * day, 15_086),
    entry("index.html", "file", nowMs - 2 * day, 11_870),
    entry("sitemap.xml", "file", nowMs - 2 * day, 84_211),
    entry("très “long” name with spaces & signs %20 #1.txt", "file", nowMs - 20 * day, 77),
    entry("video tour.mp4", "file", nowMs - 15 * day, 734_003_200),
    entry("日本語のファイル.txt", "file", nowMs - 9 * day, 1_024),
  ]);
  put(tree, "/public_html/blog", [
    entry("2025", "directory", nowMs - 90 * day),
    entry("2026", "directory", nowMs - day),
  ]);
  put(tree, "/uploads", []);
  put(
    tree,
    "/huge",
    Array.from({ length: 100_000 }, (_, index) =>
      entry(
        `measurement ${(index * 7919) % 100_000}.csv`,
        index % 500 === 0 ? "directory" : "file",
        nowMs - index * 60_000,
        index * 37,
      ),
    ),
  );
  return tree;
}

export function entry(name: string, type: EntryType, modifiedMs: number, size: number | null = null): Entry {
  const isFolder = type === "directory";
  return {
    name,
    wireName: name,
    type,
    size,
    modifiedMs,
    modifiedPrecision: "second",
    permissions: isFolder ? "rwxr-xr-x" : "rw-r--r--",
    owner: "mira",
    group: "www-data",
    linkTarget: null,
  };
}

/** Puts a folder, and an empty one for each folder in it that is not filled yet. */
function put(tree: SampleTree, path: string, entries: Entry[]): void {
  tree.set(path, entries);
  for (const { name, type } of entries) {
    const child = path === "/" ? `/${name}` : `${path}/${name}`;
    if (type === "directory" && !tree.has(child)) tree.set(child, []);
  }
}
