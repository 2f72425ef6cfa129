import { describe, expect, test } from "vitest";
import { collectDropped, type DroppedPart, walkDropped } from "./dropped.ts";

/** Chromium's entries as far as a walk sees them: folders answer in parts of `partSize`, then with an empty part. */
function file(name: string): FileSystemEntry {
  return {
    isFile: true,
    isDirectory: false,
    name,
    file: (give: (file: File) => void) => give(new File([name], name)),
  } as unknown as FileSystemEntry;
}

function folder(name: string, children: FileSystemEntry[], partSize = 2): FileSystemEntry {
  const createReader = () => {
    const left = [...children];
    return { readEntries: (give: (part: FileSystemEntry[]) => void) => give(left.splice(0, partSize)) };
  };
  return { isFile: false, isDirectory: true, name, createReader } as unknown as FileSystemEntry;
}

async function walk(entries: FileSystemEntry[], signal = new AbortController().signal): Promise<string[]> {
  const parts: DroppedPart[] = [];
  for await (const part of walkDropped(entries, signal)) parts.push(part);
  return parts.map(({ kind, path }) => `${kind} ${path}`);
}

describe("walkDropped", () => {
  test("finds every file of nested folders, also past the first part of a listing", async () => {
    const inner = folder("b", [file("3"), file("4"), file("5")]);
    expect(await walk([file("0"), folder("a", [file("1"), inner, file("2")])])).toEqual([
      "file 0",
      "file a/1",
      "file a/b/3",
      "file a/b/4",
      "file a/b/5",
      "file a/2",
    ]);
  });

  test("empty folders are kept", async () => {
    expect(await walk([folder("a", [folder("b", [])])])).toEqual(["emptyFolder a/b/"]);
  });

  test("stops when it is cancelled", async () => {
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await expect(walk([file("0")], stop.signal)).rejects.toThrow("enough");
  });
});

test("what the browser cannot look into is named, and the rest of the drop taken", () => {
  const item = (entry: FileSystemEntry | null, name: string | null) =>
    ({
      kind: "file",
      webkitGetAsEntry: () => entry,
      getAsFile: () => (name === null ? null : new File([], name)),
    }) as unknown as DataTransferItem;
  const text = { kind: "string" } as unknown as DataTransferItem;
  const { entries, unreadable } = collectDropped([item(file("a"), "a"), item(null, "tty"), text, item(null, null)]);
  expect([entries.map(({ name }) => name), unreadable]).toEqual([["a"], ["tty", ""]]);
});
