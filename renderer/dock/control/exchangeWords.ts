import type { TFunction } from "i18next";
import type { ImportResult, LeftOutReason } from "../../../shared/contract/exchange.ts";
import type { ExportedFile } from "../../intents/exchangeIntents.ts";

type T = TFunction<"dock">;

/** "120 transfers exported. 2 folders left out: …" */
export function exportedWords({ transfers, leftOut }: Pick<ExportedFile, "transfers" | "leftOut">, t: T): string {
  const exported = t("exchange.exported", { count: transfers });
  return leftOut === 0 ? exported : `${exported} ${t("exchange.notExported", { count: leftOut })}`;
}

/** "120 transfers from 2 servers added. 3 left out: 2 not for FTP, 1 damaged." */
export function importedWords(result: ImportResult, t: T): string {
  if (result.problem !== null) {
    const sentence = t(`exchange.problem.${result.problem}`);
    return result.line === null ? sentence : `${sentence} ${t("exchange.problemLine", { line: result.line })}`;
  }
  const { added, sites, leftOut } = result;
  const words =
    added === 0
      ? t("exchange.importedNone")
      : t("exchange.imported", {
          transfers: t("exchange.transfers", { count: added }),
          servers: t("exchange.servers", { count: sites }),
        });
  const count = leftOut.reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return words;
  const reasons = leftOut.map((one) => t(reasonKeys[one.reason], { count: one.count }));
  return `${words} ${t("exchange.leftOut", { count, reasons: reasons.join(t("exchange.comma")) })}`;
}

const reasonKeys = {
  protocol: "exchange.reasonProtocol",
  site: "exchange.reasonSite",
  "local-path": "exchange.reasonLocalPath",
  "remote-path": "exchange.reasonRemotePath",
  "remote-folder": "exchange.reasonRemoteFolder",
  damaged: "exchange.reasonDamaged",
} as const satisfies Record<LeftOutReason, string>;
