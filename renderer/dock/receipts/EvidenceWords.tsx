import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { levelHint, levelWords } from "./receiptWords.ts";

/** What proves that a file has arrived as it is, in a word, and what that means; what a later look has found goes before it. */
export function EvidenceWords({ transfer: { evidence, checked } }: { readonly transfer: Transfer }) {
  const { t } = useTranslation("dock");
  if (evidence === null) return null;
  const isBad = checked === "differs" || checked === "missing";
  const words = isBad ? t(`receipt.results.${checked}`) : levelWords(evidence, t);
  const Glyph = isBad ? ShieldAlert : ShieldCheck;
  const isStrong = evidence === "hash" || evidence === "read-back";
  return (
    <span
      className="evidence"
      data-tone={isBad ? "bad" : isStrong ? "strong" : "plain"}
      title={isBad ? t("receipt.badHint") : levelHint(evidence, t)}
    >
      {isBad || isStrong || checked === "same" ? <Glyph size={13} aria-hidden /> : null}
      {words}
    </span>
  );
}
