import type { EngineApi } from "../../shared/contract/contract.ts";
import type { QueueSelection } from "../../shared/contract/queue.ts";
import { priorityOf, rankOf } from "../../shared/models/priority.ts";
import type { Prompt } from "../../shared/models/prompt.ts";
import type { QueueHolds } from "../../shared/models/queueControl.ts";
import { baseNameOfRemote, joinRemote } from "../../shared/models/remotePath.ts";
import type { QueueFilter, RestingSite, Transfer } from "../../shared/models/transfer.ts";
import { createNews } from "./createNews.ts";
import { millionSummary, millionWindow } from "./millionRows.ts";
import { stageBatches } from "./stageBatches.ts";
import { createStagePlans } from "./stagePlans.ts";
import { evidenceOf, stageReceipts } from "./stageReceipts.ts";
import { sampleCertificate } from "./stageSites.ts";

export type StageQueue = Pick<
  EngineApi,
  | "queue.add"
  | "queue.watchWindow"
  | "queue.watchSummary"
  | "queue.watchBatches"
  | "progress.watch"
  | "queue.setProcessing"
  | "queue.pause"
  | "queue.resume"
  | "queue.cancel"
  | "queue.retry"
  | "queue.tryNow"
  | "queue.remove"
  | "queue.setPriority"
  | "queue.move"
  | "queue.startAt"
  | "queue.watchHolds"
  | "queue.watchEnds"
  | StagedNames
  | keyof ReturnType<typeof stageReceipts>
  | "prompts.watch"
  | "prompts.answer"
>;

export type StageQueueParts = {
  readonly scene: ReadonlySet<string>;
  /** A transfer has arrived: the stage shows it in its folder. */
  readonly onDone: (transfer: Transfer) => void;
};

type StagedNames = keyof ReturnType<typeof createStagePlans> & keyof EngineApi;

const tickMs = 100;
const bytesPerTick = 700_000;
const stateOf: Record<QueueFilter, ReadonlySet<Transfer["state"]>> = {
  queued: new Set(["queued", "running", "waiting", "backoff", "paused"]),
  failed: new Set(["failed"]),
  completed: new Set(["done", "cancelled"]),
};

/** A queue that pretends to move bytes: eight lanes in the scenes "busy" and "lanes", else two. In "lanes" none comes to its end. */
export function createStageQueue({ scene, onDone }: StageQueueParts): StageQueue {
  const isFull = scene.has("busy") || scene.has("lanes");
  const lanes = isFull ? 8 : 2;
  let isProcessing = !scene.has("still");
  let lastId = 0;
  let revision = 0;
  const rows = createNews<Transfer[]>(
    isFull
      ? sampleTransfers(scene.has("lanes") ? 2_000_000_000 : 4_000_000)
      : scene.has("still")
        ? waitingTransfers()
        : [],
  );
  lastId = rows.get().length;
  const prompts = createNews<Prompt[]>(samplePrompts(scene));
  const holds = createNews<QueueHolds>({ pausedSites: [], starts: [], plans: [] });
  const { add: addPlan, ...plans } = createStagePlans(scene, (heads) => holds.set({ ...holds.get(), plans: heads }));
  const progressWatchers = new Set<Parameters<StageQueue["progress.watch"]>[1]>();

  const patch = (wanted: (row: Transfer) => boolean, change: Partial<Transfer>): void =>
    rows.set(rows.get().map((row) => (wanted(row) ? { ...row, ...change } : row)));

  setInterval(() => {
    if (!isProcessing) return;
    let running = rows.get().filter(({ state }) => state === "running");
    if (running.length < lanes) {
      const next = rows.get().find(({ state }) => state === "queued");
      if (next) patch(({ id }) => id === next.id, { state: "running", startedMs: Date.now(), attempts: 1 });
    }
    running = rows.get().filter(({ state }) => state === "running");
    if (running.length === 0) return;
    for (const [lane, row] of running.entries())
      row.bytesDone = Math.min(row.size ?? 0, row.bytesDone + bytesPerTick * (1 + (lane % 3)));
    const done = running.filter((row) => row.bytesDone >= (row.size ?? 0));
    if (done.length > 0) {
      const ids = new Set(done.map(({ id }) => id));
      patch(({ id }) => ids.has(id), { state: "done", finishedMs: Date.now() });
      for (const row of done) onDone(row);
    }
    const transfers = running.map((row, lane) => {
      const bytesPerSecond = (bytesPerTick * (1 + (lane % 3)) * 1000) / tickMs;
      return {
        id: row.id,
        session: `transfer ${lane + 1}`,
        bytesDone: row.bytesDone,
        size: row.size,
        bytesPerSecond,
        etaMs: (((row.size ?? 0) - row.bytesDone) / bytesPerSecond) * 1000,
      };
    });
    const sum = (direction: Transfer["direction"]) =>
      running.reduce(
        (total, row, lane) => total + (row.direction === direction ? (transfers[lane]?.bytesPerSecond ?? 0) : 0),
        0,
      );
    const [up, down, left] = [sum("upload"), sum("download"), bytesRemaining(rows.get())];
    const total = {
      bytesPerSecond: up + down,
      uploadBytesPerSecond: up,
      downloadBytesPerSecond: down,
      bytesRemaining: left,
      etaMs: (left / (up + down)) * 1000,
    };
    for (const emit of progressWatchers) emit({ atMs: Date.now(), transfers, total });
  }, tickMs);

  const isFound = ({ localPath, remotePath }: Transfer, search: string) =>
    `${localPath}\n${remotePath}`.toLowerCase().includes(search.toLowerCase());
  const select = (selection: QueueSelection): ((row: Transfer) => boolean) => {
    if ("filter" in selection) {
      const { filter, search = "" } = selection;
      return (row) => stateOf[filter].has(row.state) && isFound(row, search);
    }
    if ("batchId" in selection) return (row) => row.batchId === selection.batchId;
    if ("siteId" in selection) return (row) => row.siteId === selection.siteId;
    const ids = new Set("ids" in selection ? selection.ids : [selection.folderOf]);
    return (row) => ids.has(row.id);
  };
  const isOpen = ({ state }: Transfer) => stateOf.queued.has(state);

  return {
    ...plans,
    "queue.add": async ({ direction, sources, targetPath, plansFirst }) => {
      const batchId = ++lastId;
      if (plansFirst) {
        addPlan(batchId);
        return { batchId, added: 0 };
      }
      const added = sources.map((source): Transfer => {
        const target = joinRemote(targetPath, source.name);
        const [localPath, remotePath] = direction === "upload" ? [source.path, target] : [target, source.path];
        return transfer(++lastId, {
          batchId,
          direction,
          localPath,
          remotePath,
          remoteDisplayPath: remotePath,
          size: source.size ?? 0,
          kind: source.type === "directory" ? "folder" : "file",
        });
      });
      rows.set([...rows.get(), ...added]);
      return { batchId, added: added.length };
    },
    "queue.watchWindow": ({ filter, offset, limit, search = "", sort }, emit) =>
      rows.watch((all) => {
        if (scene.has("million")) return emit(millionWindow(filter, offset, limit));
        const found = all.filter((row) => stateOf[filter].has(row.state) && isFound(row, search));
        const shown = sort?.by === "size" ? found.toSorted((a, b) => (a.size ?? 0) - (b.size ?? 0)) : found;
        emit({ revision: ++revision, total: shown.length, rows: shown.slice(offset, offset + limit) });
      }),
    "queue.watchBatches": ({ offset, limit }, emit) =>
      rows.watch((all) => {
        const batches = stageBatches(all);
        emit({ revision: ++revision, total: batches.length, batches: batches.slice(offset, offset + limit) });
      }),
    "queue.watchSummary": (_input, emit) =>
      rows.watch((all) => {
        if (scene.has("million")) return emit(millionSummary);
        const count = (...states: Transfer["state"][]) => all.filter((row) => states.includes(row.state)).length;
        emit({
          queued: count("queued", "backoff"),
          running: count("running"),
          waiting: count("waiting"),
          paused: count("paused"),
          failed: count("failed"),
          completed: count("done", "cancelled"),
          bytesRemaining: bytesRemaining(all),
          isProcessing,
          resting: scene.has("outage") ? [outage()] : [],
        });
      }),
    "progress.watch": (_input, emit) => {
      progressWatchers.add(emit);
      emit({
        atMs: Date.now(),
        transfers: [],
        total: {
          bytesPerSecond: 0,
          uploadBytesPerSecond: 0,
          downloadBytesPerSecond: 0,
          bytesRemaining: 0,
          etaMs: null,
        },
      });
      return () => progressWatchers.delete(emit);
    },
    "queue.setProcessing": async (input) => {
      isProcessing = input.isProcessing;
      rows.set(rows.get());
      return {};
    },
    "queue.pause": async (selection) => {
      if ("siteId" in selection) {
        const pausedSites = [{ id: selection.siteId, name: "Harbour Works" }];
        holds.set({ ...holds.get(), pausedSites });
      }
      const wanted = select(selection);
      patch((row) => wanted(row) && ["queued", "running", "backoff"].includes(row.state), { state: "paused" });
      return {};
    },
    "queue.resume": async (selection) => {
      if ("siteId" in selection) holds.set({ ...holds.get(), pausedSites: [] });
      if ("batchId" in selection) holds.set({ ...holds.get(), starts: [] });
      const wanted = select(selection);
      patch((row) => wanted(row) && row.state === "paused", { state: "queued" });
      return {};
    },
    "queue.cancel": async (selection) => {
      const wanted = select(selection);
      patch((row) => wanted(row) && stateOf.queued.has(row.state), { state: "cancelled", finishedMs: Date.now() });
      return {};
    },
    "queue.retry": async (selection) => {
      patch(select(selection), { state: "queued", attempts: 0, errorKind: null, errorText: null });
      return {};
    },
    "queue.tryNow": async () => ({}),
    "queue.remove": async (selection) => {
      const gone = select(selection);
      rows.set(rows.get().filter((row) => !gone(row)));
      return {};
    },
    "queue.setPriority": async ({ selection, change }) => {
      const wanted = select(selection);
      const next = ({ priority }: Transfer) =>
        change === "raise" || change === "lower"
          ? priorityOf(rankOf(priority) + (change === "raise" ? 1 : -1))
          : change;
      const changed = rows.get().map((row) => (wanted(row) && isOpen(row) ? { ...row, priority: next(row) } : row));
      rows.set(changed.toSorted((one, other) => rankOf(other.priority) - rankOf(one.priority)));
      return {};
    },
    "queue.move": async ({ selection, target }) => {
      const wanted = select(selection);
      const moved = rows.get().filter(wanted);
      const others = rows.get().filter((row) => !wanted(row));
      const besideId = "before" in target ? target.before : "after" in target ? target.after : null;
      const beside = others.findIndex(({ id }) => id === besideId);
      const at = "to" in target ? (target.to === "top" ? 0 : others.length) : "before" in target ? beside : beside + 1;
      rows.set([...others.slice(0, at), ...moved, ...others.slice(at)]);
      return {};
    },
    "queue.startAt": async ({ batchId, atMs }) => {
      const row = rows.get().find((one) => one.batchId === batchId);
      const batch =
        row === undefined
          ? null
          : {
              id: row.batchId,
              siteName: row.siteName,
              direction: row.direction,
              targetFolder: "/public_html",
            };
      holds.set({ ...holds.get(), starts: atMs === null ? [] : [{ atMs, batch }] });
      return {};
    },
    "queue.watchHolds": (_input, emit) => holds.watch(emit),
    "queue.watchEnds": (_input, emit) => {
      emit({ count: 0, failed: 0 });
      return () => {};
    },
    ...stageReceipts((id) => rows.get().find((row) => row.id === id)),
    "prompts.watch": (_input, emit) => prompts.watch((all) => emit({ prompts: all })),
    "prompts.answer": async ({ id }) => {
      prompts.set(prompts.get().filter((prompt) => prompt.id !== id));
      return {};
    },
  };
}

function bytesRemaining(rows: readonly Transfer[]): number {
  return rows.reduce((sum, row) => sum + (stateOf.queued.has(row.state) ? (row.size ?? 0) - row.bytesDone : 0), 0);
}

function transfer(id: number, facts: Partial<Transfer>): Transfer {
  return {
    id,
    batchId: 1,
    kind: "file",
    priority: "normal",
    direction: "upload",
    siteId: "s1",
    siteName: "Harbour Works",
    localPath: "/home/mira/a",
    remotePath: "/public_html/a",
    remoteDisplayPath: "/public_html/a",
    size: 0,
    bytesDone: 0,
    state: "queued",
    attempts: 0,
    errorKind: null,
    errorText: null,
    skipped: null,
    skippedBy: null,
    evidence: null,
    checked: null,
    retryAtMs: null,
    startedMs: null,
    finishedMs: null,
    ...facts,
  };
}

function sampleTransfers(leastBytes: number): Transfer[] {
  return Array.from({ length: 3_000 }, (_, index) => {
    const name = baseNameOfRemote(`/photos/harbour at dawn ${index + 1}.${index % 4 === 0 ? "mp4" : "jpg"}`);
    const isFailed = index % 250 === 7;
    const isDone = index % 100 === 3;
    return transfer(index + 1, {
      batchId: index < 40 ? 1 + (index % 3) : 4 + Math.floor(index / 600),
      direction: index % 3 === 2 && !isFailed ? "download" : "upload",
      localPath: `/home/mira/Pictures/${name}`,
      remotePath: `/public_html/assets/${name}`,
      remoteDisplayPath: `/public_html/assets/${name}`,
      size: leastBytes + ((index * 7_919_013) % 180_000_000),
      state: isFailed
        ? "failed"
        : isDone
          ? "done"
          : index < 9
            ? "running"
            : index === 11
              ? "paused"
              : index === 12
                ? "backoff"
                : "queued",
      errorKind: isFailed
        ? index % 500 === 7
          ? "permission-denied"
          : "remote-full"
        : index === 12
          ? "connection-lost"
          : null,
      errorText: isFailed
        ? index % 500 === 7
          ? "553 Could not create file."
          : "452 Insufficient storage space."
        : null,
      retryAtMs: index === 12 ? Date.now() + 60_000 : null,
      evidence: isDone ? evidenceOf(index) : null,
      checked: isDone && index % 400 === 103 ? "same" : null,
      startedMs: Date.now() - 20_000,
      finishedMs: isDone || isFailed ? Date.now() - 5_000 : null,
    });
  });
}

/** Thirty that wait: a queue that was stopped before it began. */
function waitingTransfers(): Transfer[] {
  return sampleTransfers(4_000_000)
    .slice(0, 30)
    .map((row) => ({
      ...row,
      direction: "upload",
      state: "queued",
      errorKind: null,
      errorText: null,
      retryAtMs: null,
      finishedMs: null,
    }));
}

function samplePrompts(scene: ReadonlySet<string>): Prompt[] {
  const now = Date.now();
  const prompts: Prompt[] = [];
  if (scene.has("conflict")) {
    for (const id of [1, 2, 3]) {
      prompts.push({
        id,
        askedMs: now,
        question: {
          kind: "conflict",
          transferId: id,
          batchId: 1,
          direction: "upload",
          source: { path: "/home/mira/Website/index.html", size: 12_340, modifiedMs: now - 3_000_000 },
          target: { path: "/public_html/index.html", size: 11_870, modifiedMs: now - 172_800_000 },
          canResume: false,
          suggestedName: "index (2).html",
        },
      });
    }
  }
  if (scene.has("certificate") || scene.has("changed")) {
    const isChanged = scene.has("changed");
    prompts.push({
      id: 10,
      askedMs: now,
      question: {
        kind: "certificate",
        host: "ftp.harbour.example",
        port: 21,
        certificate: sampleCertificate,
        reasons: isChanged ? ["changed", "self-signed"] : ["self-signed", "wrong-host"],
        previous: isChanged
          ? { ...sampleCertificate, fingerprint256: sampleCertificate.fingerprint256.split(":").reverse().join(":") }
          : null,
      },
    });
  }
  if (scene.has("downgrade")) {
    prompts.push({ id: 12, askedMs: now, question: { kind: "downgrade", host: "ftp.harbour.example", port: 21 } });
  }
  if (scene.has("password")) {
    prompts.push({
      id: 11,
      askedMs: now,
      question: {
        kind: "password",
        siteId: "s1",
        siteName: "Harbour Works",
        host: "ftp.harbour.example",
        user: "mira",
      },
    });
  }
  return prompts;
}

/** A site that has been out of reach for four minutes. */
function outage(): RestingSite {
  return {
    siteId: "studio",
    siteName: "Studio",
    errorKind: "connection-timeout",
    errorText: "No answer within 20 s",
    sinceMs: Date.now() - 240_000,
    nextTryMs: Date.now() + 24_000,
  };
}
