import { AppError } from "../../../../shared/errors/appError.ts";
import type { Features } from "../protocol/features.ts";
import { ask, isRefusal, type Link, refusal } from "../session/link.ts";
import { list } from "./list.ts";
import { stat } from "./stat.ts";
import { isFolder } from "./workingFolder.ts";

/** DELE (RFC 959 §4.1.3). Rejects with `not-found` or `permission-denied`. */
export async function removeFile(link: Link, path: string, signal: AbortSignal): Promise<void> {
  const command = `DELE ${link.paths.file(path)}`;
  const reply = await ask(link, command, signal);
  if (!isRefusal(reply)) return;
  const error = refusal(link, reply, command, path);
  // A bare "550 Delete operation failed." (vsftpd) does not say which of the two it is.
  const isGone = error.kind === "permission-denied" && (await stat(link, path, signal)) === null;
  throw isGone ? withKind(error, "not-found") : error;
}

/** RMD (RFC 959 §4.1.3) of an empty folder. Rejects with `not-found`, `directory-not-empty` or `permission-denied`. */
export async function removeFolder(link: Link, path: string, signal: AbortSignal): Promise<void> {
  const command = `RMD ${link.paths.folder(path)}`;
  const reply = await ask(link, command, signal);
  if (!isRefusal(reply)) return;
  const error = refusal(link, reply, command, path);
  if (error.kind !== "permission-denied") throw error;
  if (!(await isFolder(link, path, signal))) throw withKind(error, "not-found");
  throw (await hasEntries(link, path, signal)) ? withKind(error, "directory-not-empty") : error;
}

/**
 * RMDA (draft-peterson-streamlined-ftp-command-extensions): a folder with all it holds, by one command. Rejects with `not-found`,
 * `permission-denied` or `unsupported-command`; part of it may be gone then.
 */
export async function removeTree(link: Link, path: string, signal: AbortSignal): Promise<void> {
  const command = `RMDA ${link.paths.folder(path)}`;
  const reply = await link.control.post(command).finalReply(signal, patienceMs);
  if (isRefusal(reply)) throw refusal(link, reply, command, path);
}

export function offersRemoveTree(features: Features): boolean {
  return features.has("RMDA");
}

const patienceMs = 10 * 60 * 1000; // a large tree takes the server's disk as long as that, and it says nothing meanwhile

async function hasEntries(link: Link, path: string, signal: AbortSignal): Promise<boolean> {
  let count = 0;
  await list(
    link,
    path,
    (entries) => {
      count += entries.length;
    },
    signal,
  );
  return count > 0;
}

function withKind(error: AppError, kind: "not-found" | "directory-not-empty"): AppError {
  return new AppError(kind, error.message, { reply: error.reply, command: error.command, path: error.path });
}
