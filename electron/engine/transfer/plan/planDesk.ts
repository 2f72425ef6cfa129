import type { AppError } from "../../../../shared/errors/appError.ts";
import { toAppError } from "../../../../shared/errors/appError.ts";
import type { Settings } from "../../../../shared/models/settings.ts";
import { numberedName } from "../../local/localNames.ts";
import type { Lease, LeaseSession } from "../../sessions/lease.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { type ContentParts, takesCasesForOne } from "../folderContents.ts";
import type { ConflictRules } from "../policies/conflictRules.ts";
import type { QueueStore } from "../store/queueStore.ts";
import type { TransferRow } from "../transferRow.ts";
import { emptyTarget, lookAtLocal, lookAtRemote, type TargetLook } from "./targetLook.ts";

export type PlanParts = Pick<ContentParts, "platform" | "mappedNames"> & {
  readonly store: QueueStore;
  readonly lease: LeaseSession;
  readonly rules: ConflictRules;
  readonly settings: () => Settings;
  readonly now: () => number;
  readonly toWire: (siteId: string, text: string) => string;
  /** A wire path of a site for people. */
  readonly displayPath: (siteId: string, wirePath: string) => string;
};

/** The server cannot be asked: what is planned waits until it can. */
export class Unreachable extends Error {
  readonly reason: AppError;

  constructor(reason: AppError) {
    super(reason.message);
    this.name = "Unreachable";
    this.reason = reason;
  }
}

/** What planning one drop knows, and how it asks for more. */
export type PlanDesk = PlanParts & {
  readonly signal: AbortSignal;
  /** A session for as long as `work` takes. Rejects with Unreachable, or as `work` does. */
  readonly withSession: <T>(siteId: string, work: (session: RemoteSession) => Promise<T>) => Promise<T>;
  readonly serverOf: (row: TransferRow) => Promise<Pick<RemoteSession, "can" | "system">>;
  /** What stands in the folder that a row goes to, looked at once; null: it cannot be seen. */
  readonly lookAtTarget: (row: TransferRow) => Promise<TargetLook | null>;
  /** The first numbered name beside a row's target that nothing has, there or among what is planned. */
  readonly freeNameBeside: (row: TransferRow, look: TargetLook) => string;
};

export function openPlanDesk(parts: PlanParts, signal: AbortSignal): PlanDesk {
  let server: Pick<RemoteSession, "can" | "system"> | null = null;
  let target: { readonly placeId: number; readonly look: TargetLook | null; planned: Set<string> | null } | null = null;

  async function withSession<T>(siteId: string, work: (session: RemoteSession) => Promise<T>): Promise<T> {
    let held: Lease;
    try {
      held = await parts.lease(siteId, signal);
    } catch (error) {
      throw new Unreachable(toAppError(error));
    }
    const { session } = held;
    try {
      server = { can: session.can, system: session.system };
      return await work(session);
    } catch (error) {
      throw session.isUsable ? error : new Unreachable(toAppError(error));
    } finally {
      held.release();
    }
  }

  async function lookAt(row: TransferRow): Promise<TargetLook | null> {
    if (row.inNewFolder) return emptyTarget;
    if (row.direction === "download") return lookAtLocal(row.targetFolder, parts.platform, signal);
    return withSession(row.siteId, (session) =>
      lookAtRemote(session, row.targetFolder, takesCasesForOne(session), signal),
    );
  }

  return {
    ...parts,
    signal,
    withSession,
    serverOf: async ({ siteId }) => server ?? withSession(siteId, async ({ can, system }) => ({ can, system })),
    lookAtTarget: async (row) => {
      if (target?.placeId !== row.placeId) target = { placeId: row.placeId, look: await lookAt(row), planned: null };
      return target.look;
    },
    freeNameBeside: (row, look) => {
      const isKnown = target?.placeId === row.placeId ? target.planned : null;
      const planned = isKnown ?? new Set(parts.store.namesIn(row.placeId).values());
      if (target?.placeId === row.placeId) target.planned = planned;
      for (let count = 2; ; count++) {
        const name = numberedName(row.targetName, count);
        if (look.find(name) === null && !planned.has(name)) return name;
      }
    },
  };
}
