import type { TFunction } from "i18next";
import type { Batch } from "../../../shared/models/batch.ts";
import { type EvidenceLevel, isVerified } from "../../../shared/models/evidence.ts";
import type { Formats } from "../../i18n/format.ts";
import { levelHint, levelWords } from "../receipts/receiptWords.ts";

/** "Harbour film and 3 more": what was dropped, by its first name. */
export function batchTitle({ title, sources }: Batch, t: TFunction<"dock">): string {
  const name = title ?? t("batchUnnamed");
  return sources > 1 ? t("batchTitle", { name, count: sources - 1 }) : name;
}

/** How far a drop is, 0–1: by bytes, by files where there are none to count. */
export function batchShare({ bytes, bytesSettled, files, folders, left }: Batch): number {
  if (bytes > 0) return bytesSettled / bytes;
  const all = files + folders;
  return all === 0 ? 0 : (all - left) / all;
}

export function countFailed({ failed }: Batch): number {
  return failed.reduce((sum, { count }) => sum + count, 0);
}

/** What has not gone as usual, most important first: "2 failed · 14 skipped"; what has ended well: "All transferred". */
export function outcomeWords(batch: Batch, formats: Formats, t: TFunction<"dock">): string {
  const skipped = batch.skipped.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    ...(countFailed(batch) > 0 ? [t("batchFailed", { number: formats.number(countFailed(batch)) })] : []),
    ...(skipped > 0 ? [t("batchSkipped", { number: formats.number(skipped) })] : []),
    ...(batch.cancelled > 0 ? [t("batchCancelled", { number: formats.number(batch.cancelled) })] : []),
  ];
  if (parts.length > 0) return parts.join(" · ");
  return batch.left === 0 ? t("batchAllDone") : "";
}

/** What proves the others: "540 verified · 20 by size only · 3 on the server’s word". Verified is more than as long as the source. */
export function proofWords({ proved }: Batch, formats: Formats, t: TFunction<"dock">): string {
  const sum = (isMeant: (level: EvidenceLevel) => boolean) =>
    proved.reduce((total, { level, count }) => (isMeant(level) ? total + count : total), 0);
  const parts = [
    ["batchVerified", sum(isVerified)],
    ["batchSizeOnly", sum((level) => level === "size")],
    ["batchWordOnly", sum((level) => level === "word")],
  ] as const;
  return parts.flatMap(([key, count]) => (count > 0 ? [t(key, { number: formats.number(count) })] : [])).join(" · ");
}

/** What each of those words means, a line each: for the pointer. */
export function proofHint({ proved }: Batch, t: TFunction<"dock">): string {
  return proved.map(({ level }) => `${levelWords(level, t)} – ${levelHint(level, t)}`).join("\n");
}
