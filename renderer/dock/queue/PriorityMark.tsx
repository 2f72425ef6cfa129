import { ChevronDown, ChevronsDown, ChevronsUp, ChevronUp, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Priority } from "../../../shared/models/priority.ts";

const glyphs = {
  lowest: ChevronsDown,
  low: ChevronDown,
  high: ChevronUp,
  highest: ChevronsUp,
} as const satisfies Record<Exclude<Priority, "normal">, LucideIcon>;

/** The priority of a transfer, where it is not the usual one. */
export function PriorityMark({ priority }: { readonly priority: Priority }) {
  const { t } = useTranslation("queueControl");
  if (priority === "normal") return null;
  const Glyph = glyphs[priority];
  const label = t("priorityOf", { priority: t(priority) });
  return (
    <span className="queue-priority" title={label} data-priority={priority}>
      <Glyph size={13} aria-label={label} role="img" />
    </span>
  );
}
