import type { TFunction } from "i18next";
import type { Batch } from "../../shared/models/batch.ts";
import type { Formats } from "../i18n/format.ts";

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
