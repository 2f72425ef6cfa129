import { createPort, type WiredPort } from "./createPort.ts";
import type { Port } from "./frame.ts";

/**
 * Two ports joined in memory, for tests and for a renderer without a host. Frames cross as JSON and a microtask later, so nothing
 * works here that would not work over a real transport.
 */
export function createMemoryPorts(): readonly [Port, Port] {
  const left: WiredPort = createPort({
    send: (frame) => later(JSON.stringify(frame), (text) => right.deliver(JSON.parse(text))),
    close: () => later("", () => right.end()),
  });
  const right: WiredPort = createPort({
    send: (frame) => later(JSON.stringify(frame), (text) => left.deliver(JSON.parse(text))),
    close: () => later("", () => left.end()),
  });
  return [left.port, right.port];
}

function later(text: string, arrive: (text: string) => void): void {
  void Promise.resolve(text).then(arrive);
}
