/** What came with a drop from the operating system, taken while the drop event was still being handled. */
export type Dropped = {
  /** One for each dropped thing, for the desktop to name by path. */
  readonly files: readonly File[];
  /** The same for a browser to look into. */
  readonly entries: readonly FileSystemEntry[];
  /** What a browser cannot look into: a device, a shortcut to nothing. By name where it has one, else "". */
  readonly unreadable: readonly string[];
};

/** One file or empty folder of a drop, by its path below it. */
export type DroppedPart =
  | { readonly kind: "file"; readonly path: string; readonly file: File }
  | { readonly kind: "emptyFolder"; readonly path: string };

/** Call it inside the drop handler: afterwards the list is empty. */
export function collectDropped(items: Iterable<DataTransferItem>): Dropped {
  const files: File[] = [];
  const entries: FileSystemEntry[] = [];
  const unreadable: string[] = [];
  for (const item of items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry) entries.push(entry);
    else unreadable.push(file?.name ?? "");
    if (file) files.push(file);
  }
  return { files, entries, unreadable };
}

/** Everything below the dropped things, folders walked to the end. */
export async function* walkDropped(
  entries: readonly FileSystemEntry[],
  signal: AbortSignal,
  folder = "",
): AsyncGenerator<DroppedPart> {
  for (const entry of entries) {
    signal.throwIfAborted();
    const path = folder + entry.name;
    if (isFile(entry)) yield { kind: "file", path, file: await readFile(entry) };
    else if (isDirectory(entry)) {
      const children = await readFolder(entry);
      if (children.length === 0) yield { kind: "emptyFolder", path: `${path}/` };
      yield* walkDropped(children, signal, `${path}/`);
    }
  }
}

/** Chromium gives a folder in parts of 100: it is complete when a part comes empty. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (true) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
