import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEngine } from "../app/EngineContext.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { useAppStore } from "../stores/appStore.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";

export type ProxyPasswordSettingProps = {
  readonly label: string;
  readonly proxy: "proxy" | "ftpProxy";
  readonly isStored: boolean;
};

/** A stored password is never shown; it can be replaced or forgotten. It is set when the field is left or Enter is pressed. */
export function ProxyPasswordSetting({ label, proxy, isStored }: ProxyPasswordSettingProps) {
  const { t } = useTranslation("settings");
  const engine = useEngine();
  const isSealed = useAppStore((state) => (state.facts?.secretStorage ?? "none") !== "none");
  const [typed, setTyped] = useState("");

  const store = (password: string | null): void => {
    setTyped("");
    reportFailure(engine.call("settings.setProxyPassword", { proxy, password }), label);
  };
  const settle = (): void => {
    if (typed !== "") store(typed);
  };
  return (
    <div className="setting-with-button">
      <TextField
        type="password"
        autoComplete="new-password"
        label={label}
        hint={t(isSealed ? "proxyPasswordSealed" : "proxyPasswordInRun")}
        placeholder={isStored ? t("proxyPasswordSaved") : undefined}
        maxLength={255}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => event.key === "Enter" && settle()}
      />
      {isStored ? (
        <Button aria-label={`${t("proxyPasswordForget")}: ${label}`} onClick={() => store(null)}>
          {t("proxyPasswordForget")}
        </Button>
      ) : null}
    </div>
  );
}
