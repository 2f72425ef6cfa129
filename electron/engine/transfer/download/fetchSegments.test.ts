import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toAppError } from "../../../../shared/errors/appError.ts";
import { openSegmentedFile, readSegmentMap, type SegmentedFile } from "../../local/segmentedFile.ts";
import type { Lease } from "../../sessions/lease.ts";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import { type FolderServer, openFolderSession, planFolderServer } from "../testing/folderSession.ts";
import { fetchSegments, seamBytes } from "./fetchSegments.ts";
import { planSegments, type SegmentPlan } from "./segmentPlan.ts";

const size = 3_000_000;
const leastBytes = 100_000;
const patient = new AbortController().signal;

let folder = "";
let server: FolderServer;
let bytes: Buffer;
let file: SegmentedFile;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-fetch-"));
  bytes = randomBytes(size);
  await writeFile(join(folder, "f"), bytes);
  server = planFolderServer();
  server.chunkBytes = 10_000;
  server.delayMs = 2; // each session for itself: two are twice as fast
  file = await openSegmentedFile({ root: folder, folder }, "f.part", { keep: false, isOurs: false, size });
});
afterEach(async () => {
  await file.close().catch(() => {});
  await rm(folder, { recursive: true });
});

type Spares = { readonly asked: number[]; lent: number; most: number; wanted: (() => void)[] };

function lendSpares(
  limit = 3,
  from = server,
): Spares & { readonly lease: (onWanted: () => void) => Promise<Lease | null> } {
  const spares = {
    asked: [] as number[],
    lent: 0,
    most: 0,
    wanted: [] as (() => void)[],
    lease: async (onWanted: () => void) => {
      if (spares.lent >= limit) return null;
      spares.lent += 1;
      spares.most = Math.max(spares.most, spares.lent);
      spares.wanted.push(onWanted);
      const release = () => {
        spares.lent -= 1;
      };
      return { session: openFolderSession(folder, from), release };
    },
  };
  return spares;
}

const planAnew = () => planSegments(size, [{ from: 0, at: 0, to: size, seam: null }], { leastBytes, seamBytes });

/** Time passes as the transfer's own session brings bytes, 800 kB a second: however busy this computer is, nothing else is measured. */
function fetchAll(plan: SegmentPlan, spares = lendSpares(), { signal = patient, hasMap = false } = {}): Promise<void> {
  const clock = createFakeClock();
  const onMoved = (path: string, count: number) => {
    clock.advance(count / 800);
    server.onMoved(path, count, "download");
  };
  const session = openFolderSession(folder, { ...server, onMoved });
  const leaseSpare = spares.lease;
  return fetchSegments({ session, path: "/f", plan, file, hasMap, leaseSpare, clock, onBytesDone: () => {} }, signal);
}

async function expectWhole(): Promise<void> {
  await file.finish();
  expect((await readFile(join(folder, "f.part"))).equals(bytes)).toBe(true);
}

const bytesMoved = () => server.moved.get("/f") ?? 0;
const seams = (plan: SegmentPlan) => (plan.segments().length - 1) * seamBytes;

describe("a large file", () => {
  test("comes over several sessions, each byte once and the seams twice", async () => {
    const plan = planAnew();
    const spares = lendSpares();
    await fetchAll(plan, spares);
    expect(spares.most).toBeGreaterThan(0);
    expect(spares.lent).toBe(0);
    expect(plan.bytesDone()).toBe(size);
    expect(bytesMoved()).toBeLessThanOrEqual(size + seams(plan));
    await expectWhole();
  });

  test("comes over one session where there is no other", async () => {
    await fetchAll(planAnew(), lendSpares(0));
    expect(server.journal).toEqual(["download /f 0"]);
    await expectWhole();
  });

  test("comes whole when spare sessions break in the middle", async () => {
    const breaking: FolderServer = { ...server, drops: [{ path: "/f", afterBytes: 60_000 }] };
    await fetchAll(planAnew(), lendSpares(3, breaking));
    expect(breaking.drops).toEqual([]);
    await expectWhole();
  });

  test("fails with its own session, and keeps what has come", async () => {
    server.drops.push({ path: "/f", afterBytes: 60_000 });
    const plan = planAnew();
    await expect(fetchAll(plan, lendSpares(0))).rejects.toMatchObject({ kind: "connection-lost" });
    expect(plan.bytesDone()).toBe(60_000);
    await fetchAll(plan);
    expect(bytesMoved()).toBeLessThanOrEqual(size + seams(plan));
    await expectWhole();
  });

  test("gives spare sessions back when somebody else wants them, and goes on alone", async () => {
    const spares = lendSpares();
    const lease = async (onWanted: () => void) => {
      const lent = await spares.lease(onWanted);
      setTimeout(onWanted, 5);
      return lent;
    };
    await fetchAll(planAnew(), { ...spares, lease });
    expect(spares.lent).toBe(0);
    await expectWhole();
  });

  test("comes over one session, or is refused, when the server only pretends to begin in the middle", async () => {
    server.restart = "ignores";
    const outcome = await fetchAll(planAnew()).then(expectWhole).catch(toAppError);
    // A spare session that is sent away early has not seen the lie: the transfer's own one does, and begins again at the next try.
    if (outcome !== undefined) expect(outcome.kind).toBe("resume-refused");
  });

  test("comes over one session when it repeats its own beginning", async () => {
    bytes = Buffer.alloc(size);
    await writeFile(join(folder, "f"), bytes);
    await fetchAll(planAnew());
    await expectWhole();
  });

  test("stops at once, and goes on from its map", async () => {
    const stop = new AbortController();
    const middle = size / 2; // two pieces from the beginning, however fast this computer is just now
    const halves = [
      { from: 0, at: 0, to: middle, seam: null },
      { from: middle, at: middle, to: size, seam: null },
    ];
    const plan = planSegments(size, halves, { leastBytes, seamBytes });
    server.onMoved = () => {
      if (bytesMoved() > size / 4) stop.abort();
    };
    await expect(fetchAll(plan, lendSpares(), { signal: stop.signal })).rejects.toMatchObject({ kind: "cancelled" });
    const movedThen = bytesMoved();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bytesMoved()).toBe(movedThen);
    const saved = await readSegmentMap(folder, "f.part", size);
    const again = planSegments(size, saved ?? [], { leastBytes, seamBytes });
    expect(again.bytesDone()).toBe(plan.bytesDone());
    await fetchAll(again, lendSpares(), { hasMap: true });
    expect(bytesMoved()).toBeLessThanOrEqual(size + seams(again) + 20 * server.chunkBytes); // what was on its way is fetched again
    await expectWhole();
  });

  test("is refused when its pieces do not fit: the server has another file now", async () => {
    const plan = planSegments(
      size,
      [
        { from: 0, at: 1_000_000, to: 1_000_000, seam: "0".repeat(64) },
        { from: 1_000_000, at: 1_000_000, to: size, seam: null },
      ],
      { leastBytes, seamBytes },
    );
    await expect(fetchAll(plan, lendSpares(0), { hasMap: true })).rejects.toMatchObject({ kind: "resume-refused" });
  });
});
