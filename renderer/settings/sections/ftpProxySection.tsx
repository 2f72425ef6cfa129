import { type FtpProxySettings, ftpProxySchema, usualLoginSequence } from "../../../shared/models/proxy.ts";
import { choice, number, text } from "../entries.tsx";
import { ProxyPasswordSetting } from "../ProxyPasswordSetting.tsx";
import type { Section, SectionParts } from "../section.ts";

/** An FTP server that logs in to the others. */
export function ftpProxySection({ t, settings, set }: SectionParts): Section {
  const { ftpProxy, hasFtpProxyPassword } = settings;
  const { kind, host, port, user, loginSequence } = ftpProxy;
  const change = (part: Partial<FtpProxySettings>): void => set({ ftpProxy: { ...ftpProxy, ...part } });
  const isHost = (typed: string) => typed.trim() !== "" && ftpProxySchema.shape.host.safeParse(typed).success;
  const isSequence = (typed: string) => {
    const lines = linesOf(typed);
    return lines.length > 0 && ftpProxySchema.shape.loginSequence.safeParse(lines).success;
  };
  const kinds = choice<FtpProxySettings["kind"]>({
    label: t("ftpProxyKind"),
    hint: t("ftpProxyKindHint"),
    value: kind,
    options: [
      { value: "none", label: t("proxyNone") },
      { value: "user@host", label: "USER@HOST" },
      { value: "site", label: "SITE" },
      { value: "open", label: "OPEN" },
      { value: "custom", label: t("ftpProxyCustom") },
    ],
    onChange: (next) => {
      const begins = next === "custom" && loginSequence.length === 0;
      change({ kind: next, ...(begins ? { loginSequence: [...usualLoginSequence] } : {}) });
    },
  });
  if (kind === "none") return { title: t("sectionFtpProxy"), entries: [kinds] };
  return {
    title: t("sectionFtpProxy"),
    entries: [
      kinds,
      text({
        label: t("ftpProxyHost"),
        value: host,
        errorOf: (typed) => (isHost(typed) ? undefined : t("invalidProxyHost")),
        onChange: (typed) => change({ host: typed.trim() }),
      }),
      number({ label: t("ftpProxyPort"), value: port, range: [1, 65_535], onChange: (next) => change({ port: next }) }),
      text({
        label: t("ftpProxyUser"),
        hint: t("proxyUserHint"),
        value: user,
        errorOf: () => undefined,
        onChange: (next) => change({ user: next }),
      }),
      {
        words: t("ftpProxyPassword"),
        control: <ProxyPasswordSetting label={t("ftpProxyPassword")} proxy="ftpProxy" isStored={hasFtpProxyPassword} />,
      },
      ...(kind === "custom"
        ? [
            text({
              label: t("loginSequence"),
              hint: t("loginSequenceHint"),
              rows: 5,
              value: loginSequence.join("\n"),
              errorOf: (typed) => (isSequence(typed) ? undefined : t("invalidLoginSequence")),
              onChange: (typed) => change({ loginSequence: linesOf(typed) }),
            }),
          ]
        : []),
    ],
  };
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
