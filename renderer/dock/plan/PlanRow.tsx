import {
  CircleAlert,
  CircleHelp,
  CircleSlash,
  FilePlus2,
  FileSymlink,
  Folder,
  FolderPlus,
  type LucideIcon,
  PencilLine,
  Replace,
  StepForward,
} from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { PlanAction, PlannedTransfer } from "../../../shared/models/plan.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { splitPath } from "../../prompts/conflictFacts.ts";
import { plannedRowAt, usePlanStore } from "../../stores/planStore.ts";
import { isChosen } from "../../stores/queueChoice.ts";
import { actionWords, reasonWords } from "./planWords.ts";

const glyphOf = {
  create: FilePlus2,
  merge: Folder,
  overwrite: Replace,
  resume: StepForward,
  rename: PencilLine,
  skip: CircleSlash,
  ask: CircleHelp,
  fail: CircleAlert,
} as const satisfies Record<PlanAction, LucideIcon>;

/** The planned transfer at a position. It draws when it or its own selection changes, and at no other time. */
export const PlanRow = memo(function PlanRow({ index }: { readonly index: number }) {
  const { t, i18n } = useTranslation("plan");
  const formats = useFormats();
  const row = usePlanStore((state) => plannedRowAt(state, index));
  const isSelected = usePlanStore(({ choice }) => row !== undefined && isChosen(choice, row.id));
  const isFocused = usePlanStore(({ choice }) => choice.focusIndex === index);

  if (row === undefined) {
    return (
      <div role="row" aria-rowindex={index + 2} className="plan-row" data-index={index}>
        <span role="gridcell" className="queue-cell queue-faint">
          {t("loadingRow")}
        </span>
      </div>
    );
  }

  const source = splitPath(row.sourcePath);
  const reason = reasonWords(row, formats, t, i18n);
  const Glyph = glyphFor(row);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="plan-row"
      data-index={index}
      id={planRowId(row.id)}
      aria-selected={isSelected}
      data-focused={isFocused ? "" : undefined}
      data-action={row.action ?? "pending"}
    >
      <span role="gridcell" className="queue-cell" title={row.sourcePath}>
        {source.name}
      </span>
      <span role="gridcell" className="queue-cell plan-why" title={row.targetPath}>
        {splitPath(row.targetPath).folder}
      </span>
      <span role="gridcell" className="queue-cell queue-figure">
        {formats.size(row.size)}
      </span>
      <span role="gridcell" className="queue-cell plan-action" title={actionWords(row, t)}>
        {Glyph === null ? null : <Glyph size={14} className="plan-glyph" aria-hidden />}
        <span className="queue-cell">{actionWords(row, t)}</span>
      </span>
      <span role="gridcell" className="queue-cell plan-why" title={reason}>
        {reason}
      </span>
    </div>
  );
});

function glyphFor({ action, kind, reason }: PlannedTransfer): LucideIcon | null {
  if (action === null) return null;
  if (action === "create" && kind === "folder") return FolderPlus;
  return reason === "folder-link" ? FileSymlink : glyphOf[action];
}

export function planRowId(transferId: number): string {
  return `planned-${transferId}`;
}
