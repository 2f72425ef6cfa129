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

export function beginNews({ reader, path, revision }: WatchedFolder): FolderNews {
  return {
    state: "begin",
    revision,
    path,
    displayPath: reader.displayPath(path),
    crumbs: [...reader.crumbs(path)],
    parentPath: reader.parentOf(path),
  };
}

export function rowNews(revision: number, entries: readonly Entry[]): FolderNews[] {
  const news: FolderNews[] = [];
  for (let start = 0; start < entries.length; start += rowsPerNews) {
    news.push({ state: "rows", revision, columns: toColumns(entries.slice(start, start + rowsPerNews)) });
  }
  return news;
}

export function errorNews({ revision }: WatchedFolder, error: AppError): FolderNews {
  return { state: "error", revision, error: toWireError(error) };
}
