import { common } from "./en/common.ts";
import { dock } from "./en/dock.ts";
import { errors } from "./en/errors.ts";
import { panes } from "./en/panes.ts";
import { plan } from "./en/plan.ts";
import { prompts } from "./en/prompts.ts";
import { queueControl } from "./en/queueControl.ts";
import { settings } from "./en/settings.ts";
import { shortcuts } from "./en/shortcuts.ts";
import { siteManager } from "./en/siteManager.ts";
import { statusBar } from "./en/statusBar.ts";
import { topBar } from "./en/topBar.ts";
import { welcome } from "./en/welcome.ts";
import { common as commonZh } from "./zh-CN/common.ts";
import { dock as dockZh } from "./zh-CN/dock.ts";
import { errors as errorsZh } from "./zh-CN/errors.ts";
import { panes as panesZh } from "./zh-CN/panes.ts";
import { plan as planZh } from "./zh-CN/plan.ts";
import { prompts as promptsZh } from "./zh-CN/prompts.ts";
import { queueControl as queueControlZh } from "./zh-CN/queueControl.ts";
import { settings as settingsZh } from "./zh-CN/settings.ts";
import { shortcuts as shortcutsZh } from "./zh-CN/shortcuts.ts";
import { siteManager as siteManagerZh } from "./zh-CN/siteManager.ts";
import { statusBar as statusBarZh } from "./zh-CN/statusBar.ts";
import { topBar as topBarZh } from "./zh-CN/topBar.ts";
import { welcome as welcomeZh } from "./zh-CN/welcome.ts";

/** Every text of the window, by language and area. */
export const catalogues = {
  en: {
    common,
    dock,
    errors,
    panes,
    plan,
    prompts,
    queueControl,
    settings,
    shortcuts,
    siteManager,
    statusBar,
    topBar,
    welcome,
  },
  "zh-CN": {
    common: commonZh,
    dock: dockZh,
    errors: errorsZh,
    panes: panesZh,
    plan: planZh,
    prompts: promptsZh,
    queueControl: queueControlZh,
    settings: settingsZh,
    shortcuts: shortcutsZh,
    siteManager: siteManagerZh,
    statusBar: statusBarZh,
    topBar: topBarZh,
    welcome: welcomeZh,
  },
} as const;

export type Language = keyof typeof catalogues;
