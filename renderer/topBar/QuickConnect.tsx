import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEngine } from "../app/EngineContext.ts";
import { connectionIntents } from "../intents/connectionIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { focusList } from "../panes/usePaneActions.ts";
import { useShownConnection } from "../panes/useShownConnection.ts";
import { useSitesStore } from "../stores/sitesStore.ts";
import { Button } from "../ui/Button.tsx";
import { planQuickConnect, type QuickFields, spreadAddress } from "./quickConnectPlan.ts";

const nothingTyped: QuickFields = { host: "", user: "", password: "", port: "" };

/** Host, user, password, port, Connect. The host field also takes a whole address, or the name of a site. */
export function QuickConnect() {
  const { t } = useTranslation("topBar");
  const id = useId();
  const intents = connectionIntents(useEngine());
  const sites = useSitesStore((state) => state.sites);
  const connectionState = useShownConnection()?.status.state;
  const isConnecting = connectionState === "connecting";
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useState(nothingTyped);
  const [wrong, setWrong] = useState<string | null>(null);

  // Whoever connected from here goes on in the server's files, without a way through the whole window.
  useEffect(() => {
    if (connectionState === "connected" && form.current?.contains(document.activeElement)) focusList("remote");
  }, [connectionState]);

  const change = (changed: Partial<QuickFields>): void => {
    setFields((before) => ({ ...before, ...changed }));
    setWrong(null);
  };
  /** The password goes into its own field as soon as the address is complete. */
  const spread = (): void => setFields((before) => spreadAddress(before) ?? before);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const plan = planQuickConnect(fields, sites);
    spread();
    if (plan.kind === "wrong") setWrong(t(`addressWrong.${plan.problem}`));
    else if (plan.kind === "site") reportFailure(intents.openSite(plan.siteId), fields.host);
    else reportFailure(intents.quickConnect(plan), plan.settings.host);
  };

  return (
    <form ref={form} className="quick-connect" aria-label={t("quickConnect")} onSubmit={submit}>
      <label className="visually-hidden" htmlFor={`${id}-host`}>
        {t("host")}
      </label>
      <input
        id={`${id}-host`}
        name="host"
        className="input quick-host"
        list={`${id}-known`}
        placeholder={t("hostPlaceholder")}
        aria-invalid={wrong === null ? undefined : true}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        spellCheck={false}
        autoComplete="off"
        value={fields.host}
        onChange={(event) => change({ host: event.target.value })}
        onBlur={spread}
      />
      <datalist id={`${id}-known`}>
        {sites.map((site) => (
          <option key={site.id} value={site.origin === "quick" ? toAddress(site) : site.name} />
        ))}
      </datalist>
      <label className="visually-hidden" htmlFor={`${id}-user`}>
        {t("user")}
      </label>
      <input
        id={`${id}-user`}
        name="user"
        className="input quick-user"
        placeholder={t("user")}
        spellCheck={false}
        autoComplete="off"
        value={fields.user}
        onChange={(event) => change({ user: event.target.value })}
      />
      <label className="visually-hidden" htmlFor={`${id}-password`}>
        {t("password")}
      </label>
      <input
        id={`${id}-password`}
        name="password"
        className="input quick-password"
        type="password"
        role="textbox"
        placeholder={t("password")}
        autoComplete="off"
        value={fields.password}
        onChange={(event) => change({ password: event.target.value })}
      />
      <label className="visually-hidden" htmlFor={`${id}-port`}>
        {t("port")}
      </label>
      <input
        id={`${id}-port`}
        name="port"
        className="input quick-port"
        inputMode="numeric"
        maxLength={5}
        placeholder={t("port")}
        autoComplete="off"
        value={fields.port}
        onChange={(event) => change({ port: event.target.value.replace(/\D/g, "") })}
      />
      <Button kind="primary" type="submit" disabled={isConnecting}>
        {t(isConnecting ? "connecting" : "connect")}
      </Button>
      {wrong === null ? null : (
        <p id={`${id}-wrong`} className="popup quick-wrong" role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}

/** Puts the keyboard where a host is typed. */
export function focusQuickConnect(): void {
  document.querySelector<HTMLInputElement>(".quick-host")?.select();
}

function toAddress({
  user,
  host,
  port,
}: {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}): string {
  const place = port === 21 ? host : `${host}:${port}`;
  return user === "" ? place : `${user}@${place}`;
}
