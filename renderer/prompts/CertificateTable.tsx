import { useTranslation } from "react-i18next";
import type { CertificateFacts } from "../../shared/models/prompt.ts";
import { useFormats } from "../i18n/useFormats.ts";

export type CertificateTableProps = {
  /** One, or the old and the new side by side; what differs is marked. */
  readonly certificates: readonly { readonly heading: string | null; readonly certificate: CertificateFacts }[];
};

/** What a certificate says, to compare and to copy. */
export function CertificateTable({ certificates }: CertificateTableProps) {
  const { t } = useTranslation("prompts");
  const formats = useFormats();
  const day = (ms: number) => formats.time(ms, "day", ms);
  const rows: readonly { readonly label: string; readonly read: (facts: CertificateFacts) => string }[] = [
    { label: t("fingerprint"), read: (facts) => facts.fingerprint256 },
    { label: t("subject"), read: (facts) => facts.subject },
    { label: t("names"), read: (facts) => facts.names.join(", ") },
    { label: t("issuer"), read: (facts) => facts.issuer },
    {
      label: t("validity"),
      read: (facts) => t("validityRange", { from: day(facts.validFromMs), to: day(facts.validToMs) }),
    },
  ];
  const isCompared = certificates.length > 1;
  return (
    <table className="certificate selectable">
      {isCompared ? (
        <thead>
          <tr>
            <td />
            {certificates.map(({ heading }) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
      ) : null}
      <tbody>
        {rows.map(({ label, read }) => {
          const values = certificates.map(({ certificate }) => read(certificate));
          const differs = new Set(values).size > 1;
          return (
            <tr key={label} data-differs={differs ? "" : undefined}>
              <th scope="row">{label}</th>
              {certificates.map(({ heading, certificate }) => (
                <td key={heading} className={read === rows[0]?.read ? "mono" : undefined}>
                  {read(certificate)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
