// Runs inside the page, before its own script: plays the desktop's preload with an engine in memory behind it.
import { contract } from "../../shared/contract/contract.ts";
import { portOverMessagePort } from "../../shared/rpc/messagePort.ts";
import { serve } from "../../shared/rpc/serve.ts";
import { createStageEngine } from "./createStageEngine.ts";

const scene = new Set(new URLSearchParams(window.location.search).get("scene")?.split(",") ?? []);
const { port1, port2 } = new MessageChannel();

Object.defineProperty(window, "portside", {
  value: { pathForFile: (file: File) => `/home/mira/Desktop/${file.name}` },
});
serve(portOverMessagePort(port1), contract, createStageEngine(scene));
window.addEventListener("message", (event) => {
  if (event.data?.type === "portside:ready")
    window.postMessage({ type: "portside:port" }, window.location.origin, [port2]);
});
