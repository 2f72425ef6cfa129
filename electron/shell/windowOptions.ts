/** How Portside's window is made. Shown when its first frame is drawn, so that nobody sees it white. */
export function createWindowOptions({ preload, isDark }: { readonly preload: string; readonly isDark: boolean }) {
  return {
    name: "main",
    windowStatePersistence: true,
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: "Portside",
    backgroundColor: isDark ? "#16191d" : "#ffffff",
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
    },
  };
}
