import { createPort } from "./createPort.ts";
import type { Port } from "./frame.ts";

/** What the browser's WebSocket and that of the `ws` package have in common. */
export type WebSocketLike = {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: "open" | "message" | "close" | "error", listener: (event: object) => void): void;
};

const connecting = 0; // WebSocket.CONNECTING, https://websockets.spec.whatwg.org/#dom-websocket-connecting
const open = 1;

/** Frames as JSON text over a WebSocket. What is sent before it opens waits for it; a peer that does not speak JSON is hung up on. */
export function portOverWebSocket(socket: WebSocketLike): Port {
  const waiting: string[] = [];
  const { port, deliver, end } = createPort({
    send: (frame) => {
      const text = JSON.stringify(frame);
      if (socket.readyState === open) socket.send(text);
      else if (socket.readyState === connecting) waiting.push(text);
    },
    close: () => socket.close(),
  });
  socket.addEventListener("open", () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  socket.addEventListener("message", (event) => {
    const frame = parseJson("data" in event ? event.data : undefined);
    if (frame === undefined) port.close();
    else deliver(frame);
  });
  socket.addEventListener("close", end);
  // "close" follows every "error"; without a listener the `ws` package throws it.
  socket.addEventListener("error", () => {});
  return port;
}

/** undefined is no JSON value, so it can stand for "not JSON". */
function parseJson(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
