import "./welcome.css";
import { type LucideIcon, PlugZap, Sailboat, Server } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEngine } from "../app/EngineContext.ts";
import { connectionIntents } from "../intents/connectionIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";

/** The remote pane before the first connection: three ways to begin, one of which needs no server. */
export function Welcome() {
  const { t } = useTranslation("welcome");
  const engine = useEngine();
  const connections = useMemo(() => connectionIntents(engine), [engine]);
  const [isStarting, setStarting] = useState(false);

  const openDemo = (): void => {
    setStarting(true);
    reportFailure(
      connections.openDemo().finally(() => setStarting(false)),
      t("demo"),
    );
  };
  const openSites = (): void =>
    useUiStore.setState((state) => applyDialog(state, { kind: "siteManager", siteId: null }));

  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title" className="welcome-title">
        {t("title")}
      </h2>
      <p className="welcome-text">{t("text")}</p>
      <div className="welcome-offers">
        <Offer icon={PlugZap} title={t("connect")} text={t("connectText")} onChoose={focusHost} />
        <Offer icon={Server} title={t("sites")} text={t("sitesText")} onChoose={openSites} />
        <Offer
          icon={Sailboat}
          title={t("demo")}
          text={isStarting ? t("demoStarting") : t("demoText")}
          isDisabled={isStarting}
          onChoose={openDemo}
        />
      </div>
    </section>
  );
}

type OfferProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly isDisabled?: boolean;
  readonly onChoose: () => void;
};

function Offer({ icon: Icon, title, text, isDisabled = false, onChoose }: OfferProps) {
  return (
    <button type="button" className="welcome-offer" disabled={isDisabled} onClick={onChoose}>
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      <span className="welcome-offer-title">{title}</span>
      <span className="welcome-offer-text">{text}</span>
    </button>
  );
}

function focusHost(): void {
  document.querySelector<HTMLInputElement>("[name=host]")?.focus();
}
