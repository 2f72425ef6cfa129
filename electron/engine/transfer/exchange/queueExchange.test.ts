import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ImportResult, QueueFileFormat } from "../../../../shared/contract/exchange.ts";
import { defaultSiteSettings, type Site, type SiteSettings } from "../../../../shared/models/site.ts";
import type { QueueFilter } from "../../../../shared/models/transfer.ts";
import { exchangeQueries } from "../store/exchangeStore.ts";
import { openQueueStore, type QueueStore } from "../store/queueStore.ts";
import { queryPlanOf } from "../testing/queryPlan.ts";
import { hashTree, type QueueBench, setUpQueue, siteId, writeTree } from "../testing/queueBench.ts";

const never = new AbortController().signal;
const site: Site = {
  ...defaultSiteSettings,
  id: siteId,
  name: "Test site",
  host: "ftp.example.org",
  user: "me",
  comments: "my password is hunter2",
  loginCommands: ["SITE PSWD hunter2"],
  origin: "saved",
  folderId: null,
  position: 0,
  hasPassword: true,
  hasAccount: false,
  lastConnectedMs: null,
};

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
  await bench.queue.setProcessing(false);
});
afterEach(() => bench.end());

function exportAll(format: QueueFileFormat, filter: QueueFilter = "queued") {
  const pieces: string[] = [];
  let leftOut = 0;
  let transfers = 0;
  for (let from = null as Parameters<typeof bench.queue.exportPiece>[0]["from"], isLast = false; !isLast; ) {
    const piece = bench.queue.exportPiece({ format, filter, from }, (id) => (id === siteId ? site : null));
    pieces.push(piece.text);
    leftOut += piece.leftOut;
    transfers += piece.transfers;
    from = piece.next;
    isLast = piece.next === null;
  }
  return { text: pieces.join(""), leftOut, transfers, pieces: pieces.length };
}

async function importText(text: string): Promise<{ result: ImportResult; asked: SiteSettings[] }> {
  const path = join(bench.local, "..", "import");
  await writeFile(path, text);
  const asked: SiteSettings[] = [];
  const siteFor = async (settings: SiteSettings) => {
    asked.push(settings);
    return siteId;
  };
  return { result: await bench.queue.importFile(path, siteFor, never), asked };
}

const told = () =>
  bench.rows("queued").map(({ kind, direction, localPath, remotePath, size, state }) => ({
    kind,
    direction,
    localPath,
    remotePath,
    size,
    state,
  }));

async function queueSomething() {
  await writeTree(bench.local, { "up/a.txt": "a", "b & c.txt": "bc" });
  await writeTree(bench.remote, { "dön.bin": "12345", "tree/x": "x" });
  await bench.upload(["b & c.txt"], "/");
  await bench.download(["dön.bin"]);
  await bench.queue.pause({
    ids: bench
      .rows("queued")
      .map(({ id }) => id)
      .slice(0, 1),
  });
}

describe("a queue that travels in Portside's own file", () => {
  test("is the same at the other end, and carries no secrets", async () => {
    await queueSomething();
    await bench.download(["tree"]);
    const before = told();
    const { text, transfers, leftOut } = exportAll("portside");
    expect({ transfers, leftOut }).toEqual({ transfers: 3, leftOut: 0 });
    expect(text).not.toContain("hunter2");

    await bench.queue.remove({ filter: "queued" });
    expect(told()).toEqual([]);
    const { result, asked } = await importText(text);
    expect(result).toEqual({ problem: null, added: 3, sites: 1, leftOut: [] });
    expect(asked).toMatchObject([{ host: "ftp.example.org", user: "me", comments: "", loginCommands: [] }]);
    expect(told()).toEqual(before);
  });

  test("goes on there: what is imported is transferred", async () => {
    await queueSomething();
    await bench.download(["tree"]);
    const { text } = exportAll("portside");
    await bench.queue.remove({ filter: "queued" });
    await importText(text);
    await bench.queue.resume({ filter: "queued" });
    await bench.queue.setProcessing(true);
    await bench.idle();
    expect(bench.rows("failed")).toEqual([]);
    expect(await hashTree(bench.local)).toMatchObject({ "dön.bin": expect.any(String), "tree/x": expect.any(String) });
    expect(await readFile(join(bench.remote, "b & c.txt"), "utf8")).toBe("bc");
  });

  test("a file that is not right in its last line adds nothing", async () => {
    await queueSomething();
    const { text } = exportAll("portside");
    await bench.queue.remove({ filter: "queued" });
    expect((await importText(text.slice(0, -3))).result).toMatchObject({ problem: "damaged", line: 9 });
    expect((await importText("not a queue")).result).toMatchObject({ problem: "not-a-queue" });
    expect(told()).toEqual([]);
  });

  test("paths that lead out of their batch, or are of another system, are left out and counted", async () => {
    const line = (value: object) => `${JSON.stringify(value)}\n`;
    const { text } = exportAll("portside");
    const [head] = text.split("\n");
    const settings = { ...defaultSiteSettings, host: "h" };
    const { result } = await importText(
      [
        `${head}\n`,
        line({ site: { key: 0, settings } }),
        line({ batch: { key: 0, site: 0, direction: "download", root: bench.local } }),
        line({ place: { batch: 0, source: "/", target: join(bench.local, "..", "outside") } }),
        line({ transfer: { source: "a" } }),
        line({ place: { batch: 0, source: "/", target: "C:\\in" } }),
        line({ transfer: { source: "a" } }),
        line({ place: { batch: 0, source: "relative", target: bench.local } }),
        line({ transfer: { source: "a" } }),
        line({ place: { batch: 7, source: "/", target: bench.local } }),
        line({ transfer: { source: "a" } }),
        line({ place: { batch: 0, source: "/", target: bench.local } }),
        line({ transfer: { source: "a" } }),
        line({ end: { transfers: 5 } }),
      ].join(""),
    );
    expect(result).toEqual({
      problem: null,
      added: 1,
      sites: 1,
      leftOut: [
        { reason: "local-path", count: 2 },
        { reason: "remote-path", count: 1 },
        { reason: "damaged", count: 1 },
      ],
    });
    await expect(stat(join(bench.local, "..", "outside"))).rejects.toThrow();
  });

  test("transfers of a site that is gone are told as left out", async () => {
    await queueSomething();
    const piece = bench.queue.exportPiece({ format: "portside", filter: "queued", from: null }, () => null);
    expect(piece).toMatchObject({ transfers: 0, leftOut: 2, next: null });
  });
});

describe("a queue that travels in FileZilla's file", () => {
  test("is the same at the other end, but for folders nobody has looked into", async () => {
    await queueSomething();
    await bench.queue.resume({ filter: "queued" });
    const before = told();
    await bench.download(["tree"]);
    const { text, transfers, leftOut } = exportAll("filezilla");
    expect({ transfers, leftOut }).toEqual({ transfers: 2, leftOut: 1 });
    expect(text).not.toContain("hunter2");
    expect(text).toContain(`<LocalFile>${join(bench.local, "b &amp; c.txt")}`);

    await bench.queue.remove({ filter: "queued" });
    const { result } = await importText(text);
    expect(result).toEqual({ problem: null, added: 2, sites: 1, leftOut: [] });
    expect(told()).toEqual(before);
  });

  test("folders that do not exist yet are made on both sides", async () => {
    await writeTree(bench.local, { "a.txt": "a" });
    await writeTree(bench.remote, { "far/b.txt": "b" });
    const file = (local: string, remote: string, folder: string, flags: number) =>
      `<File><LocalFile>${join(bench.local, local)}</LocalFile><RemoteFile>${remote}</RemoteFile>
      <RemotePath>1 0 ${folder}</RemotePath><Flags>${flags}</Flags></File>`;
    const { result } = await importText(`<?xml version="1.0"?><FileZilla3 platform="*nix"><Queue><Server>
      <Host>h</Host><Port>21</Port><Protocol>0</Protocol><Logontype>0</Logontype>
      ${file("a.txt", "a2.txt", "3 new 4 deep", 0)}${file("new/deep/b.txt", "b.txt", "3 far", 16)}
      <Folder><LocalFile>${join(bench.local, "empty")}/</LocalFile><Flags>16</Flags></Folder>
      </Server></Queue></FileZilla3>`);
    expect(result).toEqual({ problem: null, added: 2, sites: 1, leftOut: [] });
    await bench.queue.setProcessing(true);
    await bench.idle();
    expect(bench.rows("failed")).toEqual([]);
    expect(await readFile(join(bench.remote, "new", "deep", "a2.txt"), "utf8")).toBe("a");
    expect(await readFile(join(bench.local, "new", "deep", "b.txt"), "utf8")).toBe("b");
    expect((await stat(join(bench.local, "empty"))).isDirectory()).toBe(true);
  });

  test("one file to two names is two transfers", async () => {
    await mkdir(join(bench.local, "in"));
    const file = (name: string) =>
      `<File><LocalFile>${join(bench.local, "in", name)}</LocalFile><RemoteFile>one</RemoteFile>
      <RemotePath>1 0</RemotePath><Flags>16</Flags></File>`;
    const { result } = await importText(`<FileZilla3><Queue><Server><Host>h</Host><Port>21</Port>
      <Logontype>0</Logontype>${file("a")}${file("b")}</Server></Queue></FileZilla3>`);
    expect(result).toMatchObject({ added: 2 });
    expect(told().map(({ localPath }) => localPath)).toEqual(["a", "b"].map((name) => join(bench.local, "in", name)));
  });
});

describe("an export in pieces", () => {
  let store: QueueStore;
  beforeEach(() => {
    store = openQueueStore(":memory:");
  });
  afterEach(() => store.close());

  test("tells every row of a tab once, and walks past the others in bounded steps", () => {
    const place = { placeId: 0, batchId: 0, siteNo: 0 };
    for (const name of ["one", "two"]) {
      const batch = store.exchange.addImportedBatch({
        siteId: name,
        direction: "upload",
        root: "/",
        transferType: null,
        rule: null,
        nowMs: 0,
      });
      Object.assign(place, batch, { placeId: store.exchange.addImportedPlace(batch.batchId, "/from", "/") });
      const rows = Array.from({ length: 25_000 }, (_, index) => ({
        kind: "file" as const,
        sourceName: `f${index}`,
        targetName: `f${index}`,
        size: 1,
        modifiedMs: null,
        precision: "second" as const,
        priority: 0,
        decision: null,
        isPaused: false,
      }));
      expect(store.exchange.addImported(place, rows)).toBe(25_000);
    }
    store.applyAll(
      Array.from({ length: 22_000 }, (_, index) => index + 1),
      "cancel",
      { finishedMs: 1 },
    );
    for (const [siteNo, expected] of [
      [null, 28_000],
      [1, 3_000],
      [2, 25_000],
    ] as const) {
      const seen: number[] = [];
      for (let after: number | null = 0; after !== null; ) {
        const step: { rows: { id: number }[]; next: number | null } = store.exchange.exportRows({
          filter: "queued",
          siteNo,
          after,
        });
        expect(step.rows.length).toBeLessThanOrEqual(2_000);
        seen.push(...step.rows.map(({ id }) => id));
        after = step.next;
      }
      expect(seen).toHaveLength(expected);
      expect(new Set(seen).size).toBe(expected);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    }
    expect(store.exchange.exportedSites("queued").map(({ id }) => id)).toEqual(["one", "two"]);
    expect(store.exchange.exportedSites("failed")).toEqual([]);
  });

  test.each(["rowsQueued", "rowsFailed", "rowsCompleted"] as const)(
    "%s walks a range of ids and nothing else",
    (name) => {
      const plan = queryPlanOf(exchangeQueries[name]).join("\n");
      expect(plan).toMatch(/SEARCH transfers USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/);
      expect(plan).not.toMatch(/SCAN transfers/);
    },
  );
});
