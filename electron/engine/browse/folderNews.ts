import type { FolderNews } from "../../../shared/contract/browse.ts";
import { type AppError, toWireError } from "../../../shared/errors/appError.ts";
import { type Entry, toColumns } from "../../../shared/models/entry.ts";
import type { WatchedFolder } from "./watchedFolder.ts";

const rowsPerNews = 2_000; // a batch the window can take in within a frame

/** What a newcomer has to hear to stand where the others stand. */
export function catchUp(folder: WatchedFolder): FolderNews[] {
  const { revision } = folder;
  const news = [beginNews(folder), ...rowNews(revision, folder.entries)];
  return folder.state === "complete" ? [...news, { state: "end", revision }] : news;
}

/** The rows of a folder begin anew with these. */
export function begin(folder: WatchedFolder, entries: Entry[]): void {
  folder.revision++;
  folder.entries = entries;
  tell(folder, beginNews(folder));
}

export function addRows(folder: WatchedFolder, entries: readonly Entry[]): void {
  for (const news of rowNews(folder.revision, entries)) tell(folder, news);
}

export function end(folder: WatchedFolder): void {
  tell(folder, { state: "end", revision: folder.revision });
}

export function fail(folder: WatchedFolder, error: AppError): void {
  begin(folder, []);
  folder.state = "failed";
  folder.error = error;
  tell(folder, errorNews(folder, error));
}

/** What is known stays, and is read with other eyes: names from their bytes, the folder's own path with them. */
export function showAnew(folder: WatchedFolder): void {
  if (folder.state === "failed" && folder.error) fail(folder, folder.error);
  if (folder.state !== "shown" && folder.state !== "complete") return;
  begin(folder, folder.entries.map(folder.reader.readAnew));
  addRows(folder, folder.entries);
  if (folder.state === "complete") end(folder);
}

function tell(folder: WatchedFolder, news: FolderNews): void {
  for (const watcher of [...folder.watchers]) if (folder.watchers.has(watcher)) watcher.emit(news);
}

function beginNews({ reader, path, revision }: WatchedFolder): FolderNews {
  return {
    state: "begin",
    revision,
    path,
    displayPath: reader.displayPath(path),
    crumbs: [...reader.crumbs(path)],
    parentPath: reader.parentOf(path),
  };
}

function rowNews(revision: number, entries: readonly Entry[]): FolderNews[] {
  const news: FolderNews[] = [];
  for (let start = 0; start < entries.length; start += rowsPerNews) {
    news.push({ state: "rows", revision, columns: toColumns(entries.slice(start, start + rowsPerNews)) });
  }
  return news;
}

function errorNews({ revision }: WatchedFolder, error: AppError): FolderNews {
  return { state: "error", revision, error: toWireError(error) };
}
