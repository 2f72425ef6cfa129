import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { TransferSource } from "../../../../shared/contract/queue.ts";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { EvidenceChoice } from "../../../../shared/models/evidence.ts";
import type { Answer, ConflictQuestion } from "../../../../shared/models/prompt.ts";
import type { ServerFacts } from "../../../../shared/models/serverFacts.ts";
import { defaultSettings, type Settings } from "../../../../shared/models/settings.ts";
import { defaultSiteSettings, type TemporaryUpload } from "../../../../shared/models/site.ts";
import type { QueueFilter, QueueSummary, Transfer } from "../../../../shared/models/transfer.ts";
import { openDatabase } from "../../db/openDatabase.ts";
import { portsideMigrations } from "../../db/portsideSchema.ts";
import { createMappedNames } from "../../local/mappedNames.ts";
import { openWholeFileDisk, type WholeFileDisk } from "../../local/wholeFileDisk.ts";
import { type Ask, type Clock, systemClock } from "../../ports.ts";
import type { Lease } from "../../sessions/lease.ts";
import { createTransferQueue, type TransferQueue } from "../createTransferQueue.ts";
import { type Digests, openDigests } from "../evidence/digests.ts";
import type { TargetChange } from "../settleTry.ts";
import { type FolderServer, openFolderSession, planFolderServer, toText, toWire } from "./folderSession.ts";

/** A question that waits for the test. */
export type Asked = {
  readonly question: ConflictQuestion;
  readonly answer: (answer: Answer & { kind: "conflict" }) => void;
};

/** A queue between two real folders: `local` on this side, `remote` behind sessions. */
export type QueueBench = {
  readonly local: string;
  readonly remote: string;
  /** The queue's own. */
  readonly file: string;
  readonly server: FolderServer;
  readonly disk: WholeFileDisk;
  readonly digests: Digests;
  readonly asked: Asked[];
  readonly changes: TargetChange[];
  readonly sourcesDone: string[];
  readonly sourcesRemoved: string[];
  /** How often the queue has come to its end. */
  readonly ends: { count: number };
  readonly log: string[];
  /** What the log was told that is no failure. */
  readonly said: string[];
  /** What the site wants. */
  readonly wishes: { evidence: EvidenceChoice; uploadsUnderTemporaryName: TemporaryUpload };
  /** What is known of the server's renaming. */
  renamesOver: ServerFacts["renamesOver"];
  readonly queue: TransferQueue;
  /** Leases out just now, and the most that ever were. */
  readonly leases: { now: number; most: number };
  /** When set, leases fail with it. */
  leaseError: AppError | null;
  /** What a login takes; a lease fails as it does. */
  login: (signal: AbortSignal) => Promise<void>;
  readonly settings: () => Settings;
  /** Large downloads may come over several sessions. */
  hasSpares: boolean;
  readonly change: (settings: Partial<Settings>) => void;
  readonly source: (path: string) => Promise<TransferSource>;
  readonly upload: (names: readonly string[], targetPath?: string) => Promise<void>;
  readonly download: (names: readonly string[], targetPath?: string) => Promise<void>;
  readonly rows: (filter: QueueFilter) => Transfer[];
  readonly summary: () => QueueSummary;
  /** Nothing is queued, runs, or waits for its next try. */
  readonly idle: () => Promise<void>;
  /** Closes the queue and opens it again on the same file; `meanwhile` may do what a killed process has left. */
  readonly reopen: (meanwhile?: () => void) => Promise<void>;
  readonly end: () => Promise<void>;
};

export const siteId = "site-1";

/**
 * `base`: a folder that outlives the bench, with `local`, `remote` and the queue's file in it. `startsLater`: the queue waits for its
 * `start`.
 */
export async function setUpQueue(
  given: { readonly base?: string; readonly startsLater?: boolean; readonly clock?: Clock } = {},
): Promise<QueueBench> {
  const base = given.base ?? (await mkdtemp(join(tmpdir(), "portside-queue-")));
  const local = join(base, "local");
  const remote = join(base, "remote");
  for (const folder of [local, remote]) await mkdir(folder, { recursive: true });
  const file = join(base, "queue.sqlite");
  const server = planFolderServer();
  const disk = openWholeFileDisk();
  const digests = openDigests();
  const portsideDb = openDatabase(join(base, "portside.sqlite"), portsideMigrations);
  const asked: Asked[] = [];
  const changes: TargetChange[] = [];
  const sourcesDone: string[] = [];
  const sourcesRemoved: string[] = [];
  const ends = { count: 0 };
  const log: string[] = [];
  const said: string[] = [];
  const wishes = { ...defaultSiteSettings };
  const leases = { now: 0, most: 0 };
  const watchers = new Set<() => void>();
  let settings: Settings = { ...defaultSettings, maxTransfers: 2, retryDelayMs: 20 };

  const ask: Ask = (question, signal) =>
    new Promise((resolve, reject) => {
      if (question.kind !== "conflict") return reject(new Error("the queue asks about conflicts only"));
      // The answer of a conflict question is a conflict answer: Ask ties the two by kind.
      const one: Asked = { question, answer: (answer) => forget(() => (resolve as (answer: Answer) => void)(answer)) };
      const forget = (then: () => void) => {
        const at = asked.indexOf(one);
        if (at >= 0) asked.splice(at, 1);
        then();
      };
      signal.addEventListener("abort", () => forget(() => reject(new AppError("cancelled", "Withdrawn"))));
      asked.push(one);
    });

  const lendNow = (): Lease => {
    leases.now += 1;
    leases.most = Math.max(leases.most, leases.now);
    const release = () => {
      leases.now -= 1;
    };
    return { session: openFolderSession(remote, server), release };
  };

  const openQueue = () =>
    createTransferQueue({
      file,
      clock: given.clock ?? systemClock,
      lease: async (_site, signal): Promise<Lease> => {
        await new Promise(setImmediate);
        if (signal.aborted) throw new AppError("cancelled", "Stopped");
        if (bench.leaseError !== null) throw bench.leaseError;
        await bench.login(signal);
        return lendNow();
      },
      sparesOf: () => (bench.hasSpares ? async () => lendNow() : null),
      disk,
      digests,
      mappedNames: createMappedNames(portsideDb),
      ask,
      settings: {
        get: () => settings,
        change: (changes) => bench.change(changes),
        watch: (changed) => {
          watchers.add(changed);
          return () => watchers.delete(changed);
        },
      },
      siteName: () => "Test site",
      displayPath: (_site, wirePath) => toText(wirePath),
      toWire: (_site, text) => toWire(text),
      wishesOf: () => wishes,
      renamesOf: () => ({
        recall: () => bench.renamesOver,
        note: (fact) => {
          bench.renamesOver = fact;
        },
      }),
      onTargetChanged: (change) => changes.push(change),
      onSourceDone: (path) => sourcesDone.push(path),
      onSourceRemoved: (path) => sourcesRemoved.push(path),
      onEnd: () => {
        ends.count += 1;
      },
      onLineBroken: () => {},
      log: {
        status: (text) => said.push(text),
        command: () => {},
        reply: () => {},
        listing: () => {},
        error: (text) => log.push(text),
      },
    });

  async function source(path: string): Promise<TransferSource> {
    const found = await stat(path);
    const name = relative(dirname(path), path);
    const modifiedMs = Math.floor(found.mtimeMs / 1000) * 1000;
    if (found.isDirectory()) return { path, name, type: "directory", size: null, modifiedMs };
    return { path, name, type: "file", size: found.size, modifiedMs };
  }

  let queue = openQueue();
  const bench: QueueBench = {
    local,
    remote,
    file,
    server,
    disk,
    digests,
    asked,
    changes,
    sourcesDone,
    sourcesRemoved,
    ends,
    log,
    said,
    wishes,
    renamesOver: null,
    leases,
    leaseError: null,
    login: async () => {},
    hasSpares: false,
    get queue() {
      return queue;
    },
    settings: () => settings,
    change: (changed) => {
      settings = { ...settings, ...changed };
      for (const watcher of watchers) watcher();
    },
    source,
    upload: async (names, targetPath = "/") => {
      const sources = await Promise.all(names.map((name) => source(join(local, name))));
      queue.add({ siteId, direction: "upload", sources, targetPath });
    },
    download: async (names, targetPath = local) => {
      const found = await Promise.all(names.map((name) => source(join(remote, name))));
      const sources = found.map((one, at) => ({ ...one, path: toWire(`/${names[at] ?? ""}`) }));
      queue.add({ siteId, direction: "download", sources, targetPath });
    },
    rows: (filter) => {
      let rows: Transfer[] = [];
      queue.watchWindow({ filter, offset: 0, limit: 500 }, (window) => {
        rows = window.rows;
      })();
      return rows;
    },
    summary: () => {
      let found: QueueSummary | null = null;
      queue.watchSummary((summary) => {
        found = summary;
      })();
      if (found === null) throw new Error("a watch begins with a snapshot");
      return found;
    },
    idle: () =>
      until(() => {
        const { queued, running } = bench.summary();
        return queued + running === 0;
      }),
    reopen: async (meanwhile) => {
      await queue.close();
      meanwhile?.();
      queue = openQueue();
      await queue.start();
    },
    end: async () => {
      await queue.close();
      await Promise.all([disk.close(), digests.close()]);
      portsideDb.close();
      await rm(base, { recursive: true, force: true });
    },
  };
  if (!given.startsLater) await queue.start();
  return bench;
}

/** Waits until small files go in one go, as they do from the first moments of a run on. */
export async function untilDiskIsUp({ disk }: QueueBench): Promise<void> {
  await disk.take(""); // starts the thread
  await until(disk.isUp);
}

/** Waits until `isTrue`, at most 25 seconds: what hangs fails, what is slow on a busy machine does not. */
export async function until(isTrue: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 25_000; !isTrue(); ) {
    if (Date.now() > endMs) throw new Error("it did not come true within 25 seconds");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Writes files: path below `root` → text or bytes. */
export async function writeTree(root: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** Every file and folder below `root` with the file's SHA-256: two trees are equal when these are. */
export async function hashTree(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const key = relative(root, path);
    found[key] = entry.isDirectory()
      ? "folder"
      : createHash("sha256")
          .update(await readFile(path))
          .digest("hex");
  }
  return found;
}
