import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLocalFolders } from "../local/localFolders.ts";
import { systemClock } from "../ports.ts";
import { createLocalFiles } from "./localFiles.ts";

const never = new AbortController().signal;

test("a folder of several levels: what is missing is made, and the last level must be new", async () => {
  const root = mkdtempSync(join(tmpdir(), "portside-files-"));
  try {
    const files = createLocalFiles(createLocalFolders({ platform: process.platform, home: root, clock: systemClock }));
    expect(await files.create(root, "2026/photos/", never)).toBe("2026");
    expect(await files.create(root, "2026/texts", never)).toBe("2026");
    expect([existsSync(join(root, "2026/photos")), existsSync(join(root, "2026/texts"))]).toEqual([true, true]);
    await expect(files.create(root, "2026/texts", never)).rejects.toMatchObject({ kind: "already-exists" });
    writeFileSync(join(root, "file"), "");
    await expect(files.create(root, "file/below", never)).rejects.toMatchObject({ kind: "not-a-directory" });
  } finally {
    rmSync(root, { recursive: true });
  }
});
