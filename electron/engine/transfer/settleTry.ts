import type { AppError } from "../../../shared/errors/appError.ts";
import { policyOf } from "../../../shared/errors/policy.ts";
import { parentOfRemote } from "../../../shared/models/remotePath.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { Clock, SessionLog } from "../ports.ts";
import type { Pace } from "./pace.ts";
import { concernsWholeSite, decideRetry, isRefusedAsTooMany } from "./policies/retryPolicy.ts";
import type { Questions } from "./questions.ts";
import type { QueueStore } from "./store/queueStore.ts";
import type { Outcome } from "./transferOutcome.ts";
import { localPathOf, remotePathOf, type TransferRow } from "./transferRow.ts";
import type { Outages } from "./waiting/outages.ts";
import type { Waits } from "./waiting/waits.ts";

/** A folder whose contents a transfer has changed. */
export type TargetChange = { readonly side: "local" | "remote"; readonly siteId: string; readonly folder: string };

export type SettleParts = {
  readonly store: QueueStore;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly questions: Questions;
  readonly outages: Outages;
  readonly log: SessionLog;
  readonly displayPath: (siteId: string, wirePath: string) => string;
  readonly onTargetChanged: (change: TargetChange) => void;
  readonly onSourceDone: (localPath: string) => void;
  /** A transfer has lost its line to this site. */
  readonly onLineBroken: (siteId: string) => void;
};

/**
 * Writes down how a try ended, and returns what others are to be told. Where the row says that somebody else has decided meanwhile
 * (paused, cancelled), `apply` changes nothing. `rule`: which of the ordered conflict rules counted for it.
 */
export type SettleTry = (row: TransferRow, outcome: Outcome, signal: AbortSignal, rule: string | null) => () => void;

const failedAtOnce = 5_000;

/** What an ended try means for its row, for the waits of the queue and for its pace. */
export function createSettleTry(parts: SettleParts, waits: Waits, pace: Pace): SettleTry {
  const { store, clock, settings, log, outages } = parts;

  function settle(row: TransferRow, outcome: Outcome, signal: AbortSignal, rule: string | null): () => void {
    const finishedMs = clock.now();
    switch (outcome.type) {
      case "done": {
        if (row.kind === "file") pace.noteDone();
        const isMine = store.apply(row.id, "succeed", { ...settled, bytesDone: outcome.bytesDone, finishedMs });
        if (isMine && outcome.proof !== undefined) store.receipts.keep(row.id, outcome.proof, finishedMs);
        return () => {
          parts.onTargetChanged(changeOf(row));
          if (row.kind === "file" && row.direction === "upload") parts.onSourceDone(localPathOf(row));
        };
      }
      case "skipped":
        store.apply(row.id, "skip", {
          ...settled,
          skipped: outcome.reason,
          skippedBy: outcome.reason === "user" ? rule : null,
          finishedMs,
        });
        return () => {
          if (row.direction === "upload") parts.onSourceDone(localPathOf(row));
        };
      case "conflict": {
        const isWaiting = store.apply(row.id, "ask", { decision: null });
        return () => {
          if (isWaiting) parts.questions.open(row, outcome.question);
        };
      }
      case "failed":
        if (signal.aborted) stop(row, outcome.bytesDone);
        else fail(row, outcome);
        return () => {};
    }
  }

  function stop(row: TransferRow, bytesDone: number): void {
    const isMine = store.apply(row.id, "interrupt", { bytesDone });
    if (!isMine && row.kind === "file") store.checkpoint(row.id, bytesDone);
  }

  function fail(row: TransferRow, { error, phase, bytesDone }: Outcome & { type: "failed" }): void {
    if (phase === "lease" && isRefusedAsTooMany(error.kind)) pace.noteRefused();
    const { maxRetries, retryDelayMs } = settings();
    const movedBytes = bytesDone > row.bytesDone;
    if (phase === "work" && policyOf[error.kind].blame === "network") parts.onLineBroken(row.siteId);
    const { attempts, errorKind: previousKind } = row;
    const failed = { kind: error.kind, phase, previousKind, attempts, movedBytes, maxRetries, retryDelayMs };
    const decision = decideRetry(failed);
    const why = { kind: error.kind, text: textOf(error) };
    const change = { bytesDone, attempts: decision.attempts, error: why };
    log.error(`${parts.displayPath(row.siteId, remotePathOf(row))}: ${textOf(error)}`);
    if (decision.do === "give-up") {
      store.apply(row.id, "giveUp", { ...change, finishedMs: clock.now() });
      if (phase === "lease" && concernsWholeSite(error.kind)) failSite(row, error);
      return;
    }
    const waitsForSite = decision.do === "wait-for-site";
    const retryAtMs = waitsForSite ? outages.note(row.siteId, why) : clock.now() + decision.delayMs;
    waits.noteDue();
    store.apply(row.id, "backOff", { ...change, retryAtMs });
  }

  function failSite({ siteNo }: TransferRow, error: AppError): void {
    const change = { error: { kind: error.kind, text: textOf(error) }, finishedMs: clock.now() };
    const next = (after: number) => store.selectIds({ siteNo }, ["queued"], after, failedAtOnce);
    for (let ids = next(0); ids.length > 0; ids = next(ids.at(-1) ?? 0)) store.applyAll(ids, "giveUp", change);
  }

  return settle;
}

/** What an ended transfer no longer needs to remember. */
const settled = { error: null, retryAtMs: null, attempts: 0, partName: null, decision: null } as const;

function changeOf(row: TransferRow): TargetChange {
  const remote = parentOfRemote(remotePathOf(row)) ?? "/";
  const isUpload = row.direction === "upload";
  return { side: isUpload ? "remote" : "local", siteId: row.siteId, folder: isUpload ? remote : row.targetFolder };
}

/** The server's own sentence where it said one. */
function textOf({ reply, message }: AppError): string {
  return reply === undefined ? message : `${reply.code} ${reply.text}`;
}
