import type { TFunction } from "i18next";
import { assertNever } from "../../../shared/assertNever.ts";
import type { SkipReason, Transfer } from "../../../shared/models/transfer.ts";
import { splitPath } from "../../prompts/conflictFacts.ts";

/** What moves, from where to where, for people. `short` fits a column: the folder's own name tells most. */
export type Route = {
  readonly name: string;
  /** Its name at the target, where it cannot keep its own or was given another. */
  readonly newName: string | null;
  readonly from: Folder;
  readonly to: Folder;
};
export type Folder = { readonly full: string; readonly short: string; readonly site: string | null };

export function routeOf({ direction, localPath, remoteDisplayPath, siteName }: Transfer): Route {
  const local = splitPath(localPath);
  const remote = splitPath(remoteDisplayPath);
  const here = { full: local.folder, short: shorten(local.folder), site: null };
  const there = { full: `${siteName}:${remote.folder}`, short: shorten(remote.folder), site: siteName };
  const [source, target] = direction === "upload" ? [local.name, remote.name] : [remote.name, local.name];
  const newName = source === target ? null : target;
  const [from, to] = direction === "upload" ? [here, there] : [there, here];
  return { name: source, newName, from, to };
}

/** "/home/mira/Pictures" as "…/Pictures"; what is short already stays. */
function shorten(folder: string): string {
  const separator = folder.includes("/") ? "/" : "\\";
  const last = folder.slice(folder.lastIndexOf(separator));
  const shortened = `…${last}`;
  return last.length > 1 && shortened.length < folder.length ? shortened : folder;
}

/** How far a transfer is, 0–1; null while the size is unknown. An empty file is done as soon as it exists. */
export function shareDone(bytesDone: number, size: number | null): number | null {
  if (size === null) return null;
  return size === 0 ? 1 : Math.min(1, bytesDone / size);
}

/** The state of a transfer that neither runs nor counts down, in words. */
export function stateWords(transfer: Transfer, t: TFunction<"dock">): string {
  switch (transfer.state) {
    case "planned":
      return t("statePlanned");
    case "queued":
      return t("stateQueued");
    case "running":
      return transfer.kind === "folder" ? t("stateFolder") : t("stateStarting");
    case "waiting":
      return t("stateWaiting");
    case "backoff":
      return t("stateBackoffNow");
    case "paused": {
      const share = shareDone(transfer.bytesDone, transfer.size);
      return share && transfer.bytesDone > 0
        ? t("statePausedAt", { percent: Math.floor(share * 100) })
        : t("statePaused");
    }
    case "done":
      if (transfer.skippedBy !== null) return t("skippedByRule", { rule: transfer.skippedBy });
      if (transfer.skipped !== null) return skipWords(transfer.skipped, t);
      return transfer.kind === "folder" ? t("stateFolderDone") : t("stateDone");
    case "failed":
      return t("stateFailed");
    case "cancelled":
      return t("stateCancelled");
    default:
      return assertNever(transfer.state);
  }
}

/** Why a transfer moved nothing although it is done. */
export function skipWords(reason: SkipReason, t: TFunction<"dock">): string {
  switch (reason) {
    case "user":
      return t("skippedUser");
    case "not-newer":
      return t("skippedNotNewer");
    case "same-size":
      return t("skippedSameSize");
    case "folder-link":
      return t("skippedFolderLink");
    case "special-file":
      return t("skippedSpecialFile");
    default:
      return assertNever(reason);
  }
}
