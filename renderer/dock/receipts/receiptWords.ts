import type { TFunction } from "i18next";
import type { EvidenceLevel, LaterCheck, Receipt } from "../../../shared/models/evidence.ts";

const levelKeys = {
  word: "evidence.word",
  size: "evidence.size",
  tail: "evidence.tail",
  hash: "evidence.hash",
  "read-back": "evidence.readBack",
} as const satisfies Record<EvidenceLevel, string>;

const levelHints = {
  word: "evidence.wordHint",
  size: "evidence.sizeHint",
  tail: "evidence.tailHint",
  hash: "evidence.hashHint",
  "read-back": "evidence.readBackHint",
} as const satisfies Record<EvidenceLevel, string>;

/** "checksum equal" */
export function levelWords(level: EvidenceLevel, t: TFunction<"dock">): string {
  return t(levelKeys[level]);
}

/** What that means, and what it does not. */
export function levelHint(level: EvidenceLevel, t: TFunction<"dock">): string {
  return t(levelHints[level]);
}

/** "On the server, 12:30: the same (checksum equal)" */
export function checkWords({ side, result, level }: LaterCheck, t: TFunction<"dock">): string {
  const where = t(side === "server" ? "receipt.onServer" : "receipt.onDisk");
  const found = t(`receipt.results.${result}`);
  return result === "missing" ? `${where}: ${found}` : `${where}: ${found} (${levelWords(level, t)})`;
}

/** What a receipt says, line by line, for reading and for copying. */
export function receiptFacts(
  receipt: Receipt,
  t: TFunction<"dock">,
  formats: {
    readonly exactSize: (bytes: number) => string;
    readonly exactTime: (ms: number, precision: "second") => string;
  },
): readonly (readonly [label: string, value: string])[] {
  const { direction, siteName, localPath, remotePath, size, sha256, level, server, restarted, atMs, check } = receipt;
  const remote = `${siteName}:${remotePath}`;
  const [from, to] = direction === "upload" ? [localPath, remote] : [remote, localPath];
  return [
    [t("columnFrom"), from],
    [t("columnTo"), to],
    [t("columnSize"), formats.exactSize(size)],
    [t("receipt.ours"), sha256 ?? t("receipt.noSum")],
    [t("receipt.proof"), `${levelWords(level, t)} – ${levelHint(level, t)}`],
    ...(server === null ? [] : [[t("receipt.servers", { algorithm: server.algorithm }), server.value] as const]),
    ...(restarted === null ? [] : [[t("receipt.note"), t(`receipt.restarted.${restarted}`)] as const]),
    [t("columnWhen"), formats.exactTime(atMs, "second")],
    ...(check === null
      ? []
      : [[t("receipt.checked"), `${checkWords(check, t)}, ${formats.exactTime(check.atMs, "second")}`] as const]),
  ];
}
