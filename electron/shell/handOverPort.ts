import { contract, type EngineApi } from "../../shared/contract/contract.ts";
import { type EmitterMessagePort, portOverMessagePort } from "../../shared/rpc/messagePort.ts";
import { serve } from "../../shared/rpc/serve.ts";

/** What a window that asks for the engine gets: one end of a channel. */
export type PortReceiver<P> = { postMessage(channel: string, message: unknown, ports: P[]): void };

export type PortHandover<P> = {
  /** Gives `window` a fresh port to the engine. Its earlier one ends: a reloaded page has lost its streams. */
  readonly handOver: (window: PortReceiver<P>) => void;
  readonly close: () => void;
};

export type PortHandoverOptions<P> = {
  readonly api: EngineApi;
  /** Electron's MessageChannelMain. */
  readonly createChannel: () => { readonly port1: EmitterMessagePort; readonly port2: P };
  readonly onInternalError: (name: string, thrown: unknown) => void;
};

/** The channel name that the preload listens on. */
export const portChannel = "portside:port";

/** Serves the engine's API over MessagePorts, one living port per window. */
export function createPortHandover<P>({
  api,
  createChannel,
  onInternalError,
}: PortHandoverOptions<P>): PortHandover<P> {
  const living = new Map<PortReceiver<P>, () => void>();
  return {
    handOver: (window) => {
      living.get(window)?.();
      const { port1, port2 } = createChannel();
      const port = portOverMessagePort(port1);
      serve(port, contract, api, { onInternalError });
      living.set(window, port.close);
      port.onClose(() => {
        if (living.get(window) === port.close) living.delete(window);
      });
      window.postMessage(portChannel, null, [port2]);
    },
    close: () => {
      for (const end of [...living.values()]) end();
    },
  };
}
