import { contextBridge, ipcRenderer, webUtils } from "electron/renderer";

// All that the page gets from Electron. Everything else goes through the engine's port, where every input is parsed.
contextBridge.exposeInMainWorld("portside", {
  /** The path of a file dropped from the operating system; "" for one that has none. */
  pathForFile: (file: File): string => webUtils.getPathForFile(file),
});

// The page says that it listens, here and after each reload or lost port; the main process answers with a port; the page gets it.
window.addEventListener("message", (event) => {
  if (event.source === window && event.data?.type === "portside:ready") ipcRenderer.send("portside:ready");
});

ipcRenderer.on("portside:port", (event) => {
  window.postMessage({ type: "portside:port" }, window.location.origin, [...event.ports]);
});
