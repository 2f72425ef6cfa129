import { createPort } from "./createPort.ts";
import type { Port } from "./frame.ts";

/** What the DOM's and Node's MessagePort have in common. */
export type EventTargetMessagePort = {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  addEventListener(type: "message" | "close", listener: (event: object) => void): void;
};

/** Electron's MessagePortMain: the same life, told by an emitter. */
export type EmitterMessagePort = {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  on(type: "message", listener: (event: { data: unknown }) => void): unknown;
  on(type: "close", listener: () => void): unknown;
};

/** Chromium 156 tells nobody that the other end of a MessagePort was closed, so whoever closes says so first. */
const goodbye = "portside:close";

/** Frames over a MessagePort of Chromium, Node or Electron's main process. The port is started and from now on ours. */
export function portOverMessagePort(messagePort: EventTargetMessagePort | EmitterMessagePort): Port {
  const { port, deliver, end } = createPort({
    send: (frame) => messagePort.postMessage(frame),
    close: () => {
      messagePort.postMessage(goodbye);
      messagePort.close();
    },
  });
  const receive = (message: unknown): void => (message === goodbye ? end() : deliver(message));
  if ("addEventListener" in messagePort) {
    messagePort.addEventListener("message", (event) => receive("data" in event ? event.data : undefined));
    messagePort.addEventListener("close", end);
  } else {
    messagePort.on("message", (event) => receive(event.data));
    messagePort.on("close", end);
  }
  messagePort.start();
  return port;
}
