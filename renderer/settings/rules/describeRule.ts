import type { TFunction } from "i18next";
import type { ConflictRule } from "../../../shared/models/conflictRule.ts";
import { conflictWords } from "../conflictWords.ts";
import { writeSize } from "./fileSize.ts";

/** A rule in one line: "*.tmp · uploads · Studio · 10 MiB or larger → Skip". */
export function describeRule(rule: ConflictRule, siteName: string | null, t: TFunction<"settings">): string {
  const { names, direction, minBytes, maxBytes, olderThanDays, newerThanDays, action } = rule;
  const conditions = [
    names.trim() === "" ? t("ruleEveryName") : names.trim(),
    direction === null ? null : t(direction === "upload" ? "ruleUploads" : "ruleDownloads"),
    siteName,
    minBytes === null ? null : t("ruleFromSize", { size: writeSize(minBytes) }),
    maxBytes === null ? null : t("ruleToSize", { size: writeSize(maxBytes) }),
    olderThanDays === null ? null : t("ruleOlder", { count: olderThanDays }),
    newerThanDays === null ? null : t("ruleNewer", { count: newerThanDays }),
  ].filter((words) => words !== null);
  const result = conflictWords(t).find(({ value }) => value === action)?.label ?? action;
  return `${conditions.join(" · ")} → ${result}`;
}
