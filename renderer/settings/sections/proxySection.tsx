import { defaultProxyPorts, type ProxySettings, proxySchema } from "../../../shared/models/proxy.ts";
import { choice, number, text } from "../entries.tsx";
import { ProxyPasswordSetting } from "../ProxyPasswordSetting.tsx";
import type { Section, SectionParts } from "../section.ts";

/** Through which all connections go. */
export function proxySection({ t, settings, set }: SectionParts): Section {
  const { proxy, hasProxyPassword } = settings;
  const change = (part: Partial<ProxySettings>): void => set({ proxy: { ...proxy, ...part } });
  const isHost = (typed: string) => typed.trim() !== "" && proxySchema.shape.host.safeParse(typed).success;
  const kind = choice<ProxySettings["kind"]>({
    label: t("proxyKind"),
    hint: t("proxyKindHint"),
    value: proxy.kind,
    options: [
      { value: "none", label: t("proxyNone") },
      { value: "http", label: t("proxyHttp") },
      { value: "socks5", label: t("proxySocks5") },
      { value: "socks4a", label: t("proxySocks4a") },
    ],
    onChange: (next) => change({ kind: next, port: portFor(next, proxy) }),
  });
  if (proxy.kind === "none") return { title: t("sectionProxy"), entries: [kind] };
  const password = {
    words: t("proxyPassword"),
    control: <ProxyPasswordSetting label={t("proxyPassword")} proxy="proxy" isStored={hasProxyPassword} />,
  };
  return {
    title: t("sectionProxy"),
    entries: [
      kind,
      text({
        label: t("proxyHost"),
        value: proxy.host,
        errorOf: (typed) => (isHost(typed) ? undefined : t("invalidProxyHost")),
        onChange: (typed) => change({ host: typed.trim() }),
      }),
      number({ label: t("proxyPort"), value: proxy.port, range: [1, 65_535], onChange: (port) => change({ port }) }),
      text({
        label: t("proxyUser"),
        hint: t("proxyUserHint"),
        value: proxy.user,
        errorOf: () => undefined,
        onChange: (user) => change({ user }),
      }),
      ...(proxy.kind === "socks4a" ? [] : [password]), // SOCKS 4 knows names only
    ],
  };
}

/** Another kind of proxy brings its own port, as long as the port was only a default. */
function portFor(kind: ProxySettings["kind"], { kind: before, port }: ProxySettings): number {
  return port === defaultProxyPorts[before] ? defaultProxyPorts[kind] : port;
}
