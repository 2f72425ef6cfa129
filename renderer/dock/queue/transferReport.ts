import type { i18n } from "i18next";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { describeError } from "../../i18n/describeError.ts";
import type { Formats } from "../../i18n/format.ts";
import { stateWords } from "./transferWords.ts";

export type Fact = readonly [label: string, value: string];

/** What there is to know of a transfer, in the order it is read. */
export function factsOf(transfer: Transfer, formats: Formats, i18n: i18n): readonly Fact[] {
  const t = i18n.getFixedT(null, "dock");
  const local = transfer.localPath;
  const remote = `${transfer.siteName}:${transfer.remoteDisplayPath}`;
  const [from, to] = transfer.direction === "upload" ? [local, remote] : [remote, local];
  return [
    [t("columnFrom"), from],
    [t("columnTo"), to],
    [t("columnSize"), transfer.size === null ? t("sizeUnknown") : formats.exactSize(transfer.size)],
    [t("columnState"), stateWords(transfer, t)],
    ...(transfer.finishedMs === null
      ? []
      : [[t("columnWhen"), formats.exactTime(transfer.finishedMs, "second")] as const]),
  ];
}

/** The same as text to copy, with what went wrong and the server's own words. */
export function reportOf(transfer: Transfer, formats: Formats, i18n: i18n): string {
  const words = transfer.errorKind === null ? null : describeError(transfer.errorKind, i18n);
  return [
    ...factsOf(transfer, formats, i18n).map(([label, value]) => `${label}: ${value}`),
    ...(words ? [words.title, words.wayOut] : []),
    ...(transfer.errorText ? [transfer.errorText] : []),
  ].join("\n");
}
