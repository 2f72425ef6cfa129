import type { Lease } from "../../sessions/lease.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { delay } from "../../util/cancel.ts";
import type { SegmentedFetch } from "./fetchSegments.ts";

/** One more session works on the file until nothing is left that is worth it. `onFirst`: its first bytes are there. */
export type SpareWork = (session: RemoteSession, onFirst: () => void, signal: AbortSignal) => Promise<void>;

export type SpareJob = Pick<SegmentedFetch, "plan" | "clock" | "leaseSpare"> & { readonly work: SpareWork };

const nearMs = 50; // a server that has sent nothing in this time is far away
const lookMs = 20;
const farSettleMs = 100;
const nearby = { settleMs: 200, measureMs: 400 }; // a connection gets up to speed before it is measured
const together = { settleMs: 200, measureMs: 800 }; // nobody waits while spare sessions are judged
const worthMs = 2_000; // what would be over by itself in this time needs no help
const worthwhileGain = 1.3;
const mostSpares = 3; // four sessions for one file are what servers commonly bear

/** Adds sessions when there is enough left to do, and sends them away again when they do not pay. */
export async function addSpareSessions(fetch: SpareJob, signal: AbortSignal): Promise<void> {
  const isFar = await isQuiet(fetch, signal);
  if (!isFar && !(await mayTakeLong(fetch, signal))) return;
  const trial = new AbortController();
  const whileWorth = AbortSignal.any([signal, trial.signal]);
  const lending = Array.from({ length: mostSpares }, () => lendSpare(fetch, signal));
  let hasBegun = false;
  const setOut: SetOut = (onFirst = () => {}) => {
    hasBegun = true;
    return lending.map(async (one) => {
      const spare = await one;
      if (spare !== null) await help(fetch, { ...spare, onFirst }, whileWorth);
    });
  };
  try {
    const before = await (isFar ? joinAtOnce : joinWhenWorth)(fetch, setOut, signal);
    if (before === null) return;
    const after = await measure(fetch, together, signal);
    if (after < before * worthwhileGain) trial.abort();
  } finally {
    if (!hasBegun) for (const one of lending) one.then((spare) => spare?.lease.release()).catch(() => {});
  }
}

type Spare = { readonly lease: Lease; readonly asksBack: AbortSignal };
type Helper = Spare & { readonly onFirst: () => void };

/** The spare sessions set out as they come. Each promise resolves as that of `help`, or when there is no session to be had. */
type SetOut = (onFirst?: () => void) => readonly Promise<void>[];

/** While they log in, one session alone is measured. Resolves to its bytes per second when all are at work; null: they are not needed. */
async function joinWhenWorth(fetch: SpareJob, setOut: SetOut, signal: AbortSignal): Promise<number | null> {
  const alone = await measure(fetch, nearby, signal);
  if (!isWorthHelp(fetch, alone)) return null;
  await Promise.all(setOut());
  return alone;
}

/**
 * Behind latency it takes several round trips from a login to the first byte: one session alone is measured meanwhile. null when that was
 * too short.
 */
async function joinAtOnce(fetch: SpareJob, setOut: SetOut, signal: AbortSignal): Promise<number | null> {
  await untilBytesCome(fetch, signal); // what a spare session brings is compared with them
  const hasCompany = Promise.withResolvers<void>();
  const atWork = Promise.all(setOut(hasCompany.resolve)).then(() => hasCompany.resolve());
  const isSteady = await Promise.race([
    delay(fetch.clock, farSettleMs, signal).then(() => true),
    hasCompany.promise.then(() => false),
  ]);
  const bytesPerSecond = countFromNow(fetch);
  await hasCompany.promise;
  const alone = bytesPerSecond();
  await atWork;
  return isSteady ? alone : null;
}

/** Nothing comes for a moment: the server is far away. */
async function isQuiet({ plan, clock }: SpareJob, signal: AbortSignal): Promise<boolean> {
  const before = plan.bytesDone();
  await delay(clock, nearMs, signal);
  return plan.bytesDone() === before;
}

/** At the speed of its first moments. */
async function mayTakeLong(fetch: SpareJob, signal: AbortSignal): Promise<boolean> {
  const bytesPerSecond = countFromNow(fetch);
  await delay(fetch.clock, nearby.settleMs, signal);
  return isWorthHelp(fetch, bytesPerSecond());
}

function isWorthHelp({ plan }: SpareJob, bytesPerSecond: number): boolean {
  const bytesLeft = plan.size - plan.bytesDone();
  return bytesLeft >= Math.max(bytesPerSecond * (worthMs / 1000), 2 * plan.leastBytes);
}

async function lendSpare({ leaseSpare }: SpareJob, signal: AbortSignal): Promise<Spare | null> {
  const wanted = new AbortController();
  const lease = await leaseSpare(() => wanted.abort(), signal).catch(() => null);
  return lease === null ? null : { lease, asksBack: wanted.signal };
}

/**
 * One more session works. Resolves when its first bytes are there, or when it has gone again: what goes wrong here is left for the
 * transfer's own session to do, and to tell.
 */
function help({ work }: SpareJob, { lease, asksBack, onFirst }: Helper, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const begin = () => {
      onFirst();
      resolve();
    };
    work(lease.session, begin, AbortSignal.any([signal, asksBack]))
      .catch(() => {})
      .finally(() => {
        lease.release();
        resolve();
      });
  });
}

type Span = { readonly settleMs: number; readonly measureMs: number };

/** Bytes per second, once bytes come and have come for a moment. */
async function measure(fetch: SpareJob, { settleMs, measureMs }: Span, signal: AbortSignal): Promise<number> {
  await untilBytesCome(fetch, signal);
  await delay(fetch.clock, settleMs, signal);
  const bytesPerSecond = countFromNow(fetch);
  await delay(fetch.clock, measureMs, signal);
  return bytesPerSecond();
}

async function untilBytesCome({ plan, clock }: SpareJob, signal: AbortSignal): Promise<void> {
  for (const before = plan.bytesDone(); plan.bytesDone() === before; ) await delay(clock, lookMs, signal);
}

/** How fast bytes come, from now until it is asked: by the clock, because a busy computer lets timers wait. */
function countFromNow({ plan, clock }: SpareJob): () => number {
  const [bytes, atMs] = [plan.bytesDone(), clock.now()];
  return () => ((plan.bytesDone() - bytes) / Math.max(clock.now() - atMs, 1)) * 1000;
}
