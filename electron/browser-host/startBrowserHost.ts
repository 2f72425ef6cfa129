import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { EngineApi } from "../../shared/contract/contract.ts";
import { createAccess } from "./access.ts";
import { createDropUpload, type Staging } from "./dropUpload.ts";
import { loadHostMemory, saveHostMemory } from "./hostMemory.ts";
import { createRequestListener } from "./httpServer.ts";
import { loadRendererFiles } from "./rendererFiles.ts";
import { createWebSocketApi } from "./webSocketApi.ts";

export type BrowserHostOptions = {
  readonly engine: { readonly api: EngineApi; readonly staging: Staging };
  readonly rendererFolder: string;
  readonly dataFolder: string;
  /** null: the last one used when it is free, else any; 0: any. A given one that is taken rejects. */
  readonly port: number | null;
  readonly now: () => number;
  readonly checksOutput: boolean;
  readonly report: (what: string, thrown: unknown) => void;
};

export type BrowserHost = {
  readonly port: number;
  /** A fresh address that lets one browser in, once; an older unused one ends. */
  readonly issueAddress: () => string;
  /** Ends every connection. The engine is not ours and lives on. */
  readonly close: () => Promise<void>;
};

/** Serves the window and the engine's API on 127.0.0.1, to browsers that have shown a token. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { engine, dataFolder, now, checksOutput, report } = options;
  const files = await loadRendererFiles(options.rendererFolder);
  const memory = await loadHostMemory(dataFolder);
  // Whole uploads may take longer than any limit on a request; a slow head may not.
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000 });
  const port = await listen(server, options.port, memory.port);

  await saveHostMemory(dataFolder, { ...memory, port });
  const access = createAccess({
    port,
    known: memory.browsers,
    now,
    remember: (browsers) =>
      saveHostMemory(dataFolder, { port, browsers: [...browsers] }).catch((error) => {
        report("this browser will have to open a new address after a restart", error);
      }),
  });
  const api = createWebSocketApi({
    access,
    api: engine.api,
    checksOutput,
    onInternalError: (name, thrown) => report(name, thrown),
  });
  server.on("request", createRequestListener({ access, files, receiveDrop: createDropUpload(engine.staging) }));
  server.on("upgrade", api.upgrade);

  return {
    port,
    issueAddress: () => `http://127.0.0.1:${port}/?token=${access.issueToken()}`,
    close: async () => {
      api.close();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, wanted: number | null, last: number | null): Promise<number> {
  if (wanted !== null || last === null) return listenOn(server, wanted ?? 0);
  try {
    return await listenOn(server, last);
  } catch {
    return listenOn(server, 0); // someone else has it now
  }
}

async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Error(`Portside cannot listen on 127.0.0.1:${port}: ${error instanceof Error ? error.message : error}.`, {
      cause: error,
    });
  }
  return (server.address() as AddressInfo).port;
}
