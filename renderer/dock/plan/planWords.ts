import type { i18n, TFunction } from "i18next";
import type { Plan, PlanHead, PlanNote, PlannedTransfer, PlanPart } from "../../../shared/models/plan.ts";
import { describeError } from "../../i18n/describeError.ts";
import type { Formats } from "../../i18n/format.ts";
import { splitPath } from "../../prompts/conflictFacts.ts";

/** What a plan is for: "Plan: upload to Studio:/www". */
export function planTitle(
  { direction, siteName: site, target }: Pick<PlanHead, "direction" | "siteName" | "target">,
  t: TFunction<"plan">,
): string {
  return t(direction === "upload" ? "titleUpload" : "titleDownload", { site, target });
}

/** What most wants a look stands first. */
const partOrder: readonly PlanPart[] = [
  "all",
  "fail",
  "ask",
  "overwrite",
  "resume",
  "rename",
  "skip",
  "create",
  "merge",
  "names",
];

/** The parts that have something in them, and how much; "all" always is one. */
export function partsOf({
  counts,
  names,
  pending,
}: Plan): readonly { readonly part: PlanPart; readonly count: number }[] {
  const looked = counts.reduce((sum, { files, folders }) => sum + files + folders, 0);
  const countOf = (part: PlanPart): number => {
    if (part === "all") return looked + pending;
    if (part === "names") return names;
    return counts.reduce((sum, one) => (one.action === part ? sum + one.files + one.folders : sum), 0);
  };
  return partOrder
    .map((part) => ({ part, count: countOf(part) }))
    .filter(({ part, count }) => part === "all" || count > 0);
}

/** How many files will be moved, as far as they are known. */
export function filesToMove({ counts }: Plan): number {
  const isMoved = ({ action }: Plan["counts"][number]) => action !== "skip" && action !== "fail";
  return counts.filter(isMoved).reduce((sum, { files }) => sum + files, 0);
}

/** Why it will not fit; null: it will, or nobody knows. */
export function lackOfSpace({
  direction,
  bytes,
  free,
}: Plan): { readonly side: "remote" | "local"; readonly free: number } | null {
  const side = direction === "upload" ? "remote" : "local";
  const room = free[side];
  return room !== null && bytes > room ? { side, free: room } : null;
}

export function actionWords({ action, kind, newName }: PlannedTransfer, t: TFunction<"plan">): string {
  if (action === null) return t("pending");
  if (action === "create") return t(kind === "folder" ? "action.createFolder" : "action.create");
  if (action === "rename") return t("action.rename", { name: newName ?? "" });
  return t(`action.${action}`);
}

/** Why, what stands there, and what is to be known about its name: "Same size · there: 4 KiB, Nov 3 · A Windows server may refuse it". */
export function reasonWords(row: PlannedTransfer, formats: Formats, t: TFunction<"plan">, i18n: i18n): string {
  const why = whyWords(row, t, i18n);
  const note = row.note === null ? "" : noteWords(row.note, row.targetPath, t);
  return [why, standingWords(row, formats, t), note].filter((part) => part !== "").join(" · ");
}

/** What the user decides about without looking elsewhere. */
function standingWords(
  { targetSize, targetModifiedMs }: PlannedTransfer,
  formats: Formats,
  t: TFunction<"plan">,
): string {
  const facts = [
    ...(targetSize === null ? [] : [formats.size(targetSize)]),
    ...(targetModifiedMs === null ? [] : [formats.time(targetModifiedMs, "second", Date.now())]),
  ];
  return facts.length === 0 ? "" : t("there", { facts: facts.join(", ") });
}

function whyWords({ action, reason, rule, errorKind }: PlannedTransfer, t: TFunction<"plan">, i18n: i18n): string {
  if (reason === null || reason === "new" || reason === "folder-there") return "";
  if (reason === "error" && errorKind !== null) return describeError(errorKind, i18n).title;
  if (reason !== "rule") return t(`reason.${reason}`);
  if (rule !== null) return t("reason.byRule", { rule });
  return t(action === "ask" ? "reason.asks" : "reason.rule");
}

function noteWords(note: PlanNote, targetPath: string, t: TFunction<"plan">): string {
  return t(`note.${note}`, { name: splitPath(targetPath).name });
}
