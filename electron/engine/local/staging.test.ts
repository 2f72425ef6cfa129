import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { systemClock } from "../ports.ts";
import { createLocalFolders } from "./localFolders.ts";
import { createStaging } from "./staging.ts";

const never = new AbortController().signal;
const scratch = mkdtempSync(join(tmpdir(), "portside-staging-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function setUp() {
  const folder = mkdtempSync(join(scratch, "run-"));
  const root = join(folder, "staging");
  const local = createLocalFolders({ platform: process.platform, home: folder, clock: systemClock });
  return { folder, root, staging: createStaging(root, local.describe) };
}

async function* bytes(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test("a drop becomes sources with sizes and times, readable by its owner only", async () => {
  const { root, staging } = setUp();
  const id = await staging.open();
  await staging.receive(id, "album/a.jpg", bytes("one", "two"), 1_700_000_000_000, never);
  await staging.receive(id, "note.txt", bytes("x"), 1_600_000_000_000, never);
  await staging.receive(id, "empty/", bytes(), null, never);
  const sources = (await staging.close(id)).sort((a, b) => (a.name < b.name ? -1 : 1));
  expect(sources.map(({ name, type, size }) => [name, type, size])).toEqual([
    ["album", "directory", null],
    ["empty", "directory", null],
    ["note.txt", "file", 1],
  ]);
  expect(sources[2]?.modifiedMs).toBe(1_600_000_000_000);
  const file = join(root, id, "album/a.jpg");
  expect([readFileSync(file, "utf8"), statSync(file).mtimeMs]).toEqual(["onetwo", 1_700_000_000_000]);
  expect([statSync(join(root, id)).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
});

test("no path leads out of its drop", async () => {
  const { folder, root, staging } = setUp();
  const id = await staging.open();
  const segment = fc.oneof(
    fc.constantFrom("..", ".", "", "/", "\0", "a", "\\..\\", "~", "C:", "%2e%2e", " ", "..."),
    fc.string({ maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 6 }), async (segments) => {
      await staging.receive(id, segments.join("/"), bytes("x"), null, never).catch((error) => {
        expect(error).toBeInstanceOf(AppError);
      });
      expect(filesBelow(folder).every((file) => file.startsWith(`${join(root, id)}/`))).toBe(true);
    }),
    { seed: 7, numRuns: 500 },
  );
  expect(filesBelow(folder).length).toBeGreaterThan(10);
});

test.each(["../x", "/etc/x", "a/../../x", "a//b", "", "./a", "a\0b", "a\\b", "n".repeat(256), "é".repeat(128)])(
  "the path %j is refused",
  async (path) => {
    const { folder, staging } = setUp();
    const id = await staging.open();
    await expect(staging.receive(id, path, bytes("x"), null, never)).rejects.toMatchObject({ kind: "invalid-input" });
    expect(filesBelow(folder)).toEqual([]);
  },
);

test.each(["unknown", "../..", "00000000-0000-0000-0000-000000000000"])("the drop %j is not open", async (id) => {
  const { staging } = setUp();
  await expect(staging.receive(id, "a", bytes("x"), null, never)).rejects.toMatchObject({ kind: "invalid-input" });
});

test("a file is neither overwritten nor written through a link", async () => {
  const { folder, root, staging } = setUp();
  const id = await staging.open();
  await staging.receive(id, "a", bytes("first"), null, never);
  await expect(staging.receive(id, "a", bytes("second"), null, never)).rejects.toMatchObject({
    kind: "already-exists",
  });
  symlinkSync(join(folder, "outside"), join(root, id, "link"));
  await expect(staging.receive(id, "link", bytes("x"), null, never)).rejects.toThrow();
  expect([readFileSync(join(root, id, "a"), "utf8"), existsSync(join(folder, "outside"))]).toEqual(["first", false]);
});

test("a file that breaks off or is cancelled leaves nothing behind", async () => {
  const { root, staging } = setUp();
  const id = await staging.open();
  async function* breaking() {
    yield Buffer.from("half");
    throw new Error("the browser went away");
  }
  await expect(staging.receive(id, "a", breaking(), null, never)).rejects.toThrow("went away");
  const abort = new AbortController();
  async function* cancelling() {
    yield Buffer.from("half");
    abort.abort();
    yield Buffer.from("rest");
  }
  await expect(staging.receive(id, "b", cancelling(), null, abort.signal)).rejects.toMatchObject({ kind: "cancelled" });
  expect(filesBelow(root)).toEqual([]);
});

test("an uploaded file is removed with the folders it leaves empty; files elsewhere are left alone", async () => {
  const { folder, root, staging } = setUp();
  const id = await staging.open();
  await staging.receive(id, "album/deep/a", bytes("x"), null, never);
  await staging.receive(id, "album/b", bytes("x"), null, never);
  await staging.close(id);
  await staging.forget(join(root, id, "album/deep/a"));
  expect(readdirSync(join(root, id, "album"))).toEqual(["b"]);
  await staging.forget(join(root, id, "album/b"));
  expect(readdirSync(root)).toEqual([]);
  const mine = join(mkdtempSync(join(folder, "mine-")), "precious");
  writeFileSync(mine, "x");
  await staging.forget(mine);
  await staging.forget(join(root, "..", "precious"));
  expect(existsSync(mine)).toBe(true);
});

test("an abandoned drop is gone, open or closed, unless a transfer needs it", async () => {
  const { root, staging } = setUp();
  const [open, closed, queued] = [await staging.open(), await staging.open(), await staging.open()];
  for (const id of [open, closed, queued]) await staging.receive(id, "album/a", bytes("x"), null, never);
  for (const id of [closed, queued]) await staging.close(id);
  for (const id of [open, closed, queued]) await staging.abandon(id, (folder) => folder === join(root, queued));
  expect(readdirSync(root)).toEqual([queued]);
  await expect(staging.receive(open, "b", bytes("x"), null, never)).rejects.toMatchObject({ kind: "invalid-input" });
  await expect(staging.abandon("../..", () => false)).rejects.toMatchObject({ kind: "invalid-input" });
});

test("a file that still arrives for an abandoned drop is given up and brings nothing back", async () => {
  const { root, staging } = setUp();
  const id = await staging.open();
  async function* abandoning() {
    yield Buffer.from("half");
    await staging.abandon(id, () => false);
    expect(readdirSync(root)).toEqual([]);
    yield Buffer.from("rest");
  }
  await expect(staging.receive(id, "album/a", abandoning(), null, never)).rejects.toMatchObject({ kind: "cancelled" });
  expect(readdirSync(root)).toEqual([]);
});

test("left-overs nobody needs are removed at the next start, open and needed drops stay", async () => {
  const { root, staging } = setUp();
  const [needed, left] = [await staging.open(), await staging.open()];
  await staging.receive(needed, "a", bytes("x"), null, never);
  await staging.receive(left, "b", bytes("x"), null, never);
  const nextRun = createStaging(root, () => Promise.reject(new Error("not asked")));
  const open = await nextRun.open();
  await nextRun.removeLeftOvers((folder) => folder === join(root, needed));
  expect(readdirSync(root).sort()).toEqual([needed, open].sort());
});

test("what will not be uploaded is given up, file or folder, unless a transfer needs what is in it", async () => {
  const { folder, root, staging } = setUp();
  const id = await staging.open();
  await staging.receive(id, "album/a.jpg", bytes("a"), null, never);
  await staging.receive(id, "kept/b.jpg", bytes("b"), null, never);
  await staging.receive(id, "note.txt", bytes("x"), null, never);
  await staging.close(id);
  const outside = join(folder, "mine.txt");
  writeFileSync(outside, "mine");
  const drop = join(root, id);
  const isNeeded = (path: string) => path === join(drop, "kept");
  for (const path of [join(drop, "album"), join(drop, "kept"), join(drop, "note.txt"), outside, root])
    await staging.giveUp(path, isNeeded);
  expect(filesBelow(root)).toEqual([join(drop, "kept", "b.jpg")]);
  expect(existsSync(outside)).toBe(true);
  await staging.giveUp(join(drop, "kept"), () => false);
  expect(readdirSync(root)).toEqual([]);
});
