import { AppError, toAppError } from "../../../shared/errors/appError.ts";
import type { EvidenceChoice } from "../../../shared/models/evidence.ts";
import type { ConflictChoice, ConflictQuestion } from "../../../shared/models/prompt.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { SkipReason } from "../../../shared/models/transfer.ts";
import type { FolderPlaces } from "../local/folderPlaces.ts";
import type { WholeFileDisk } from "../local/wholeFileDisk.ts";
import type { Clock } from "../ports.ts";
import type { Lease } from "../sessions/lease.ts";
import type { LeaseSpareSession } from "./download/fetchSegments.ts";
import type { Digests } from "./evidence/digests.ts";
import type { ReadyFolders } from "./plan/readyFolders.ts";
import type { Proof } from "./store/receiptStore.ts";
import type { BegunFacts } from "./store/rowLife.ts";
import type { MadeFolders } from "./upload/madeFolders.ts";
import type { TargetFolders } from "./upload/targetFolders.ts";
import type { TemporaryNames } from "./upload/temporaryNames.ts";

/** How one try of a transfer ended. What it means for the row is for the scheduler to say. */
export type Outcome =
  | {
      readonly type: "done";
      readonly bytesDone: number;
      /** What proves that the bytes are right; folders have none. */
      readonly proof?: Proof;
    }
  | { readonly type: "skipped"; readonly reason: SkipReason }
  | { readonly type: "conflict"; readonly question: ConflictQuestion }
  | {
      readonly type: "failed";
      readonly error: AppError;
      /** "lease": there was no session to try with. */
      readonly phase: "lease" | "work";
      /** Bytes known to be at the target. */
      readonly bytesDone: number;
    };

/** What one try of a file is given. It knows neither the queue's file nor what else runs. */
export type TryParts = {
  readonly lease: (signal: AbortSignal) => Promise<Lease>;
  /** A session more for a large file, if one is to be had; null: it comes over one. */
  readonly leaseSpare: LeaseSpareSession | null;
  readonly clock: Clock;
  readonly rule: ConflictChoice;
  readonly settings: Settings;
  /** Its line ends are converted: no size tells whether it is whole, and it never goes on in its middle. */
  readonly isText: boolean;
  readonly targets: TargetFolders;
  readonly places: FolderPlaces;
  readonly madeFolders: MadeFolders;
  /** Target folders of plans that are there by now. */
  readonly readyFolders: ReadyFolders;
  readonly disk: WholeFileDisk;
  /** What has been written down with the claim already; `begin` need not write the same again. null: nothing. */
  readonly foreseen: BegunFacts | null;
  /** Commits what is true from the first byte at the target on; called before it. Rejects with `cancelled` when the try is to end. */
  readonly begin: (facts: BegunFacts) => Promise<void>;
  /** Bytes at the target so far. */
  readonly onBytesDone: (bytesDone: number) => void;
  /** What the site wants to have proved of its files. */
  readonly evidence: EvidenceChoice;
  readonly digests: Digests;
  readonly temporaryNames: TemporaryNames;
  /** Says in the log what users should know, and what is no failure. */
  readonly say: (text: string) => void;
  /** Another file will most likely follow on the same session. */
  readonly isFollowed: () => boolean;
  /** A remote path for people. */
  readonly displayPath: (wirePath: string) => string;
};

/** Leases a session for one piece of work and gives it back whatever happens. Never rejects: what went wrong is the outcome. */
export async function withLease(
  lease: (signal: AbortSignal) => Promise<Lease>,
  work: (held: Lease) => Promise<Outcome>,
  bytesDone: () => number,
  signal: AbortSignal,
): Promise<Outcome> {
  let held: Lease;
  try {
    signal.throwIfAborted();
    held = await lease(signal);
  } catch (error) {
    return { type: "failed", error: asCancelled(error, signal), phase: "lease", bytesDone: bytesDone() };
  }
  try {
    return await work(held);
  } catch (error) {
    return { type: "failed", error: asCancelled(error, signal), phase: "work", bytesDone: bytesDone() };
  } finally {
    held.release();
  }
}

function asCancelled(error: unknown, signal: AbortSignal): AppError {
  if (signal.aborted && !(error instanceof AppError)) return new AppError("cancelled", "Stopped", { cause: error });
  return toAppError(error);
}
