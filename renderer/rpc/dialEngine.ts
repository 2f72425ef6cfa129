import type { Port } from "../../shared/rpc/frame.ts";
import { portOverMessagePort } from "../../shared/rpc/messagePort.ts";
import { portOverWebSocket } from "../../shared/rpc/webSocketPort.ts";

/** What the desktop's preload gives the window. Absent in a browser. */
export type DesktopBridge = {
  /** The path of a file dropped from the operating system; "" for one that has none. */
  readonly pathForFile: (file: File) => string;
};

declare global {
  interface Window {
    readonly portside?: DesktopBridge;
  }
}

/** Reaches the engine: through the preload's MessagePort on the desktop, through a WebSocket in a browser. */
export function dialEngine(window: Window): Promise<Port> {
  return window.portside ? receivePort(window) : openSocket(window.location);
}

function receivePort(window: Window): Promise<Port> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent): void => {
      const [port] = event.ports;
      if (event.source !== window || event.data?.type !== "portside:port" || !port) return;
      window.removeEventListener("message", receive);
      resolve(portOverMessagePort(port));
    };
    window.addEventListener("message", receive);
    // The preload hands the port over when the page says that it listens.
    window.postMessage({ type: "portside:ready" }, window.location.origin);
  });
}

function openSocket({ protocol, host }: Location): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}/api`);
    socket.addEventListener("open", () => resolve(portOverWebSocket(socket)), { once: true });
    socket.addEventListener("close", () => reject(new Error("The engine does not answer.")), { once: true });
  });
}
