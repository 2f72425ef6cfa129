import { AppError } from "../../../../shared/errors/appError.ts";
import { joinRemote } from "../../../../shared/models/remotePath.ts";
import { decideConflict } from "../policies/conflictPolicy.ts";
import type { Outcome } from "../transferOutcome.ts";
import { NoTemporaryName } from "./noTemporaryName.ts";
import { askAboutTarget, freeRemoteName } from "./remoteConflict.ts";
import type { TargetFacts } from "./targetFolders.ts";
import type { Placed, UploadStep } from "./uploadFile.ts";

export type Named = { readonly type: "named"; readonly name: string };

/**
 * A complete upload under its temporary name gets its own. Something that has appeared there while the bytes went is for the rule to
 * decide about. Throws NoTemporaryName where the server does not rename.
 */
export async function giveRemoteName(
  step: UploadStep,
  { facts: { begun, targetName } }: Placed,
  temporaryPath: string,
): Promise<Named | Outcome> {
  const { row, session, parts, signal } = step;
  const existing = await parts.targets.find(session, row.targetFolder, targetName, signal);
  if (existing === null || begun === "over") {
    await rename(step, temporaryPath, targetName, existing);
    return { type: "named", name: targetName };
  }
  const target = { ...step, row: { ...row, targetName } };
  const decision = decideConflict({
    rule: parts.rule,
    source: { size: step.source.size, modifiedMs: step.source.mtimeMs, precision: "second" },
    target: existing,
    canResume: false,
  });
  switch (decision.do) {
    case "overwrite":
    case "resume":
      await rename(step, temporaryPath, targetName, existing);
      return { type: "named", name: targetName };
    case "rename": {
      const name = await freeRemoteName(target);
      await rename(step, temporaryPath, name, null);
      return { type: "named", name };
    }
    case "skip":
      await session.removeFile(temporaryPath, signal);
      return { type: "skipped", reason: decision.reason };
    case "ask":
      return askAboutTarget(target, existing, false);
  }
}

/** Onto a file where one stands: at once where the server does that, else the old one is removed just before. */
async function rename(
  { row, session, parts, signal }: UploadStep,
  temporaryPath: string,
  name: string,
  existing: TargetFacts | null,
): Promise<void> {
  const path = joinRemote(row.targetFolder, name);
  const memory = parts.temporaryNames;
  if (existing?.isFolder) {
    throw new AppError("already-exists", "A folder stands where the file should go", { path: parts.displayPath(path) });
  }
  if (existing !== null && memory.recall() === "refused") await session.removeFile(path, signal);
  try {
    await session.rename(temporaryPath, path, signal);
    if (existing !== null && memory.recall() === null) memory.note("replaces");
  } catch (error) {
    if (!(error instanceof AppError) || error.reply === undefined || error.reply.code < 500) throw error;
    if (error.kind === "unsupported-command") memory.note("never");
    else if (existing !== null && memory.recall() !== "refused") return replace();
    throw new NoTemporaryName(error, true);
  }

  /** RNTO is refused where a file stands, on some servers only then. */
  async function replace(): Promise<void> {
    await session.removeFile(path, signal);
    try {
      await session.rename(temporaryPath, path, signal);
    } catch (error) {
      if (error instanceof AppError && error.reply !== undefined) throw new NoTemporaryName(error, true);
      throw error;
    }
    memory.note("refused");
  }
}
