import "./theme/base.css";
import "./theme/siteColours.css";
import "./ui/ui.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { App } from "./app/App.tsx";
import { EngineContext } from "./app/EngineContext.ts";
import { followConnection } from "./app/followConnection.ts";
import { followPlans } from "./app/followPlans.ts";
import { followPreferences } from "./app/followPreferences.ts";
import { followQueueEnds } from "./app/followQueueEnds.ts";
import { keepLayout } from "./app/keepLayout.ts";
import { notifyQueueEnd } from "./app/notifications.ts";
import { openDemoAtStart } from "./app/openDemoAtStart.ts";
import { openLocalPane } from "./app/openLocalPane.ts";
import { playChime } from "./app/playChime.ts";
import { chooseLanguage, createI18n } from "./i18n/createI18n.ts";
import { bindPane } from "./rpc/bindPane.ts";
import { bindStreams } from "./rpc/bindStreams.ts";
import { bindTree } from "./rpc/bindTree.ts";
import { dialEngine } from "./rpc/dialEngine.ts";
import { keepConnected } from "./rpc/keepConnected.ts";
import { applyLink, useAppStore } from "./stores/appStore.ts";
import { paneStores } from "./stores/paneStore.ts";
import { useSettingsStore } from "./stores/settingsStore.ts";

const client = keepConnected({
  dial: () => dialEngine(window),
  wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
  onState: (link) => useAppStore.setState((state) => applyLink(state, link)),
});
const i18n = createI18n(chooseLanguage("system", navigator.languages));

followPreferences(i18n, document.documentElement);
bindStreams(client);
for (const side of ["local", "remote"] as const) {
  bindPane(client, paneStores[side]);
  bindTree(client, side);
}
followConnection(client);
followPlans();
followQueueEnds(client, {
  wanted: () => useSettingsStore.getState().settings.whenFinished,
  isLookedAt: () => document.hasFocus(),
  notify: (ends) => notifyQueueEnd(ends, i18n),
  chime: playChime,
});

const container = document.getElementById("root");
if (container === null) throw new Error("index.html has no #root.");

// The first frame waits for the window's memory, so that nothing jumps; never for the network.
const facts = await client.call("app.describe", {});
useAppStore.setState({ facts });
await keepLayout(client);
void openLocalPane(client, facts.homeFolder);
if (facts.opensDemo) openDemoAtStart(client, i18n.t("demo", { ns: "topBar" }));

createRoot(container).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <EngineContext value={client}>
        <App />
      </EngineContext>
    </I18nextProvider>
  </StrictMode>,
);
