import { join } from "node:path";
import { expect } from "vitest";
import type { Connection } from "../../shared/models/connection.ts";
import type { Place } from "../../shared/models/place.ts";
import type { SiteSettings } from "../../shared/models/site.ts";
import { type ScriptedServer, type ScriptedServerOptions, startScriptedServer } from "../ftpd/scriptedServer.ts";
import type { TestEngine } from "./engine.ts";
import { layTestBed } from "./testBed.ts";

/** A scripted server and an engine that is connected to it, with what a user does there as short words. */
export type Visit = {
  readonly server: ScriptedServer;
  readonly engine: TestEngine;
  readonly connection: Connection;
  readonly place: Place;
  readonly list: (path: string) => Promise<string[]>;
  /** Queues the download of one file to the home folder. */
  readonly fetch: (path: string, size: number | null) => Promise<void>;
  /** Queues what lies in the home folder under these names. */
  readonly send: (names: readonly string[], targetPath: string) => Promise<void>;
  /** Waits until `count` rows have ended and nothing is left; all of them well. */
  readonly untilAllDone: (count: number) => Promise<void>;
  /** Offsets at which the transfers of these commands began. */
  readonly offsetsOf: (...verbs: readonly string[]) => readonly number[];
};

export type VisitOptions = ScriptedServerOptions & {
  /** Puts files onto the server's disk before anybody looks. */
  readonly seed?: (root: string) => Promise<void>;
  readonly site?: Partial<SiteSettings>;
};

/** For the tests of a file, each ended after its test. Everything as a user has it, but a queue of four transfers and hardly a pause before a second try. */
export function receiveVisits(name: string): (options: VisitOptions) => Promise<Visit> {
  const { serve, engineWithSite } = layTestBed(name);
  return async ({ seed, site, ...options }) => {
    const server = await serve(startScriptedServer, options);
    await seed?.(server.root);
    const { engine, siteId } = await engineWithSite(server, site);
    await engine.call("settings.change", { maxTransfers: 4, retryDelayMs: 10 });
    return describeVisit(server, engine, await engine.connect(siteId));
  };
}

function describeVisit(server: ScriptedServer, engine: TestEngine, connection: Connection): Visit {
  const place: Place = { side: "remote", connectionId: connection.id };
  return {
    server,
    engine,
    connection,
    place,
    list: (path) => engine.list(place, path),
    fetch: async (path, size) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      await engine.call("queue.add", {
        direction: "download",
        connectionId: connection.id,
        sources: [{ path, name, type: "file", size, modifiedMs: null }],
        targetPath: engine.home,
      });
    },
    send: async (names, targetPath) => {
      const { sources } = await engine.call("local.describe", { paths: names.map((name) => join(engine.home, name)) });
      await engine.call("queue.add", { direction: "upload", connectionId: connection.id, sources, targetPath });
    },
    untilAllDone: async (count) => {
      await engine.untilQueue(
        ({ queued, running, waiting, completed, failed }) =>
          queued + running + waiting === 0 && completed + failed >= count,
      );
      expect(await engine.rows("failed")).toEqual([]);
    },
    offsetsOf: (...verbs) =>
      server
        .transfers()
        .filter(({ verb }) => verbs.includes(verb))
        .map(({ offset }) => offset),
  };
}
