import { afterEach } from "vitest";
import type { SiteSettings } from "../../shared/models/site.ts";
import type { RealServer } from "../ftpd/realServers.ts";
import type { RealServerOptions } from "../ftpd/serverProgram.ts";
import { startEngine, type TestEngine } from "./engine.ts";
import { makeScratch } from "./portside.ts";

type Ended = { readonly stop: () => Promise<void> };

/** What the tests of a file build up; after each test it is taken down in reverse order. `name` begins its folders. */
export function layTestBed(name: string) {
  const undos: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const undo of undos.splice(0).reverse()) await undo();
  });

  async function scratch(): Promise<string> {
    const { folder, remove } = await makeScratch(name);
    undos.push(remove);
    return folder;
  }

  /** Over the same folder as an earlier engine, it is its next start. */
  async function engineOver(folder: string): Promise<TestEngine> {
    const engine = await startEngine(folder);
    undos.push(engine.close);
    return engine;
  }

  async function serve<T extends Ended, Options>(
    start: (options: Options) => Promise<T>,
    options: Options,
  ): Promise<T> {
    const server = await start(options);
    undos.push(server.stop);
    return server;
  }

  /** An engine of its own with a site of a server, as its account logs in. */
  async function engineWithSite(
    server: Pick<RealServer, "port" | "user" | "password">,
    site: Partial<SiteSettings> = {},
  ) {
    const engine = await engineOver(await scratch());
    const settings = { port: server.port, user: server.user, encryption: "plain", ...site } as const;
    return { engine, siteId: await engine.createSite(settings, server.password) };
  }

  /** The same with a real server, connected. */
  async function connected(
    start: (options: RealServerOptions) => Promise<RealServer>,
    options: RealServerOptions = {},
  ) {
    const server = await serve(start, options);
    const { engine, siteId } = await engineWithSite(server);
    return { server, engine, siteId, connection: await engine.connect(siteId) };
  }

  return { scratch, engineOver, serve, engineWithSite, connected };
}
