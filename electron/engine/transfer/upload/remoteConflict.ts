import { numberedName } from "../../local/localNames.ts";
import type { Outcome } from "../transferOutcome.ts";
import { sourcePathOf, targetPathOf } from "../transferRow.ts";
import type { TargetFacts } from "./targetFolders.ts";
import type { UploadStep } from "./uploadFile.ts";

/** What stands at an upload's target is for the user to decide about. */
export async function askAboutTarget(step: UploadStep, existing: TargetFacts, canResume: boolean): Promise<Outcome> {
  const { row, session, parts, source } = step;
  return {
    type: "conflict",
    question: {
      kind: "conflict",
      transferId: row.id,
      batchId: row.batchId,
      direction: "upload",
      source: { path: sourcePathOf(row), size: source.size, modifiedMs: source.mtimeMs },
      target: {
        path: parts.displayPath(targetPathOf(row)),
        size: existing.size,
        modifiedMs: existing.modifiedMs,
      },
      canResume,
      suggestedName: session.toText(await freeRemoteName(step)),
    },
  };
}

/** The name that the plan has told, or else the first numbered one beside the target, that nothing stands at. */
export async function freeRemoteName({ row, session, parts, signal }: UploadStep): Promise<string> {
  const isFree = async (name: string) => (await parts.targets.find(session, row.targetFolder, name, signal)) === null;
  if (row.plannedName !== null && (await isFree(row.plannedName))) return row.plannedName;
  for (let count = 2; ; count++) {
    const name = numberedName(row.targetName, count);
    if (await isFree(name)) return name;
  }
}
