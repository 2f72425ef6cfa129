import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  safeStorage,
  session,
} from "electron/main";
import { createEngine } from "./engine/createEngine.ts";
import { systemClock } from "./engine/ports.ts";
import { appAddress, appScheme, appSchemePrivileges, createAppResponder } from "./shell/appProtocol.ts";
import { askBeforeQuit } from "./shell/askBeforeQuit.ts";
import { readDesktopArguments } from "./shell/desktopArguments.ts";
import { createPortHandover } from "./shell/handOverPort.ts";
import { createMenu } from "./shell/menu.ts";
import { forbidNavigation } from "./shell/navigationPolicy.ts";
import { refusePermissions } from "./shell/permissionPolicy.ts";
import { createSafeStorageSecrets } from "./shell/safeStorageSecrets.ts";
import { isOurFrame } from "./shell/senderCheck.ts";
import { sleepOn } from "./shell/sleepOn.ts";
import { showTaskbarProgress } from "./shell/taskbarProgress.ts";
import { createWindowOptions } from "./shell/windowOptions.ts";

const { dataDir, opensDemo } = readDesktopArguments(process.argv.slice(1));
if (dataDir !== null) app.setPath("userData", resolve(dataDir));

process.on("unhandledRejection", (reason) => report("a promise nobody waited for", reason));

// The lock belongs to the data folder: a second start shows the window of the first.
if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
  app.on("web-contents-created", (_event, contents) => forbidNavigation(contents));
  app.whenReady().then(run).catch(refuseToStart);
} else {
  app.quit();
}

async function run(): Promise<void> {
  refusePermissions(session.defaultSession);
  protocol.handle(appScheme, createAppResponder(join(import.meta.dirname, "../renderer"), readFile));
  const menu = createMenu(process.platform);
  Menu.setApplicationMenu(menu === null ? null : Menu.buildFromTemplate(menu));

  const { electron, chrome, node, sqlite, openssl } = process.versions;
  const engine = await createEngine({
    host: "desktop",
    version: app.getVersion(),
    versions: { electron, chrome, node, sqlite: sqlite ?? "", openssl: openssl ?? "" },
    fileDrop: "paths",
    dirs: { data: app.getPath("userData"), home: homedir() },
    clock: systemClock,
    secrets: await createSafeStorageSecrets(safeStorage, process.platform),
    opensDemo,
    endings: { quit: () => app.quit(), ...sleepOn(process.platform) },
  });
  const stopTaskbar = showTaskbarProgress(engine.api, (share) => {
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(share);
  });
  const ports = createPortHandover({
    api: engine.api,
    createChannel: () => new MessageChannelMain(),
    onInternalError: report,
  });

  ipcMain.on("portside:ready", ({ sender, senderFrame }) => {
    if (isOurFrame(senderFrame, sender.mainFrame)) ports.handOver(sender);
  });
  app.on("second-instance", showWindow);
  app.on("activate", showWindow);
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  const quitQuestion = askBeforeQuit(engine.api, (options) => dialog.showMessageBox(options), app.getLocale());
  closeBeforeQuit(quitQuestion.mayQuit, async () => {
    quitQuestion.close();
    stopTaskbar();
    ports.close();
    await engine.close();
  });
  showWindow();
}

/** Brings the window to the front, or opens it where there is none (macOS keeps the application running without). */
function showWindow(): void {
  const [existing] = BrowserWindow.getAllWindows();
  if (existing) {
    if (existing.isMinimized()) existing.restore();
    existing.focus();
    return;
  }
  const preload = join(import.meta.dirname, "preload.cjs");
  const window = new BrowserWindow(createWindowOptions({ preload, isDark: nativeTheme.shouldUseDarkColors }));
  window.once("ready-to-show", () => window.show());
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    // The engine and the queue live here and are untouched: a new page shows them as they are.
    report("the window's process ended", reason);
    if (reason !== "clean-exit" && !window.isDestroyed()) window.webContents.reload();
  });
  window.loadURL(appAddress).catch((error) => report("loading the window", error));
}

/** Lets the engine say goodbye to its servers and close its files before the process goes. */
function closeBeforeQuit(mayQuit: () => Promise<boolean>, close: () => Promise<void>): void {
  let isClosing = false;
  const quit = async () => {
    if (!(await mayQuit())) {
      if (BrowserWindow.getAllWindows().length === 0) showWindow(); // its last window was closed to quit
      return;
    }
    isClosing = true;
    await close();
    app.exit(0);
  };
  app.on("before-quit", (event) => {
    event.preventDefault();
    if (!isClosing) quit().catch(fail);
  });
}

/** E.g. a queue written by a newer version: without a window, a sentence in a box is all there is. */
function refuseToStart(error: unknown): void {
  dialog.showErrorBox("Portside cannot start", error instanceof Error ? error.message : String(error));
  fail(error);
}

function fail(error: unknown): void {
  report("Portside has to end", error);
  app.exit(1);
}

function report(what: string, thrown: unknown): void {
  console.error(`Portside: ${what}:`, thrown);
}
