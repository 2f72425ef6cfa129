import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createEngine, createKeyFileSecrets, type Engine } from "../../electron/engine/createEngine.ts";
import { systemClock } from "../../electron/engine/ports.ts";
import type { FolderNews } from "../../shared/contract/browse.ts";
import type { CommandInput, CommandOutput, PortsideContract } from "../../shared/contract/contract.ts";
import type { CommandName } from "../../shared/contract/define.ts";
import type { Connection } from "../../shared/models/connection.ts";
import type { LogLine } from "../../shared/models/logLine.ts";
import type { Place } from "../../shared/models/place.ts";
import type { Answer, Prompt, Question } from "../../shared/models/prompt.ts";
import { defaultSiteSettings, type SiteSettings } from "../../shared/models/site.ts";
import type { QueueFilter, QueueSummary, Transfer } from "../../shared/models/transfer.ts";

/** The real engine without a window, with what a window would do as short words. */
export type TestEngine = {
  readonly engine: Engine;
  readonly dataFolder: string;
  readonly home: string;
  readonly call: <K extends CommandName<PortsideContract>>(
    name: K,
    input: CommandInput<K>,
    signal?: AbortSignal,
  ) => Promise<CommandOutput<K>>;
  /** Opens a site and waits until it is connected (or failed). */
  readonly connect: (siteId: string, password?: string) => Promise<Connection>;
  readonly createSite: (settings: Partial<SiteSettings>, password: string | null) => Promise<string>;
  /** Names in a folder once it has been read, or the kind of the error. */
  readonly list: (place: Place, path: string) => Promise<string[]>;
  /** Resolves when the connection's status satisfies. */
  readonly untilConnection: (id: string, satisfies: (connection: Connection) => boolean) => Promise<Connection>;
  readonly untilQueue: (satisfies: (summary: QueueSummary) => boolean) => Promise<QueueSummary>;
  readonly rows: (filter: QueueFilter) => Promise<readonly Transfer[]>;
  /** Resolves with the next open prompt of a kind. */
  readonly untilPrompt: <K extends Question["kind"]>(
    kind: K,
  ) => Promise<Prompt & { question: Extract<Question, { kind: K }> }>;
  readonly answer: (prompt: Prompt, answer: Answer) => Promise<void>;
  readonly log: () => readonly LogLine[];
  readonly close: () => Promise<void>;
};

const patienceMs = 30_000;
const never = new AbortController().signal;

/** Starts the engine over `folder/data`, with `folder/home` as the home folder; a second start over the same folder is a restart. */
export async function startEngine(folder: string): Promise<TestEngine> {
  const dataFolder = join(folder, "data");
  const home = join(folder, "home");
  await mkdir(home, { recursive: true });
  const engine = await createEngine({
    host: "browser",
    version: "test",
    versions: {},
    fileDrop: "staging",
    dirs: { data: dataFolder, home },
    clock: systemClock,
    secrets: createKeyFileSecrets(dataFolder),
    opensDemo: false,
    endings: {},
  });
  const { api } = engine;
  const lines: LogLine[] = [];
  const stopLog = api["log.watch"]({}, (batch) => lines.push(...batch.lines));

  const call: TestEngine["call"] = (name, input, signal = never) => {
    // The compiler cannot pair the name with its input through an indexed access.
    const handler = api[name] as (input: unknown, signal: AbortSignal) => Promise<never>;
    return handler(input, signal);
  };

  const untilConnection: TestEngine["untilConnection"] = (id, satisfies) =>
    until("connection", (emit) =>
      api["connections.watch"]({}, ({ connections }) => {
        const found = connections.find((connection) => connection.id === id);
        if (found && satisfies(found)) emit(found);
      }),
    );

  return {
    engine,
    dataFolder,
    home,
    call,
    createSite: async (settings, password) => {
      const site = { ...defaultSiteSettings, host: "127.0.0.1", ...settings };
      return (await call("sites.create", { settings: site, folderId: null, password })).id;
    },
    connect: async (siteId, password) => {
      const { connectionId } = await call(
        "connections.open",
        password === undefined ? { siteId } : { siteId, password },
      );
      return untilConnection(connectionId, ({ status }) => status.state === "connected" || status.state === "failed");
    },
    untilConnection,
    list: (place, path) =>
      until("listing", (emit) => {
        let names: string[] = [];
        return api["folders.watch"]({ place, path }, (news: FolderNews) => {
          if (news.state === "begin") names = [];
          if (news.state === "rows") names.push(...news.columns.names);
          if (news.state === "end") emit(names.sort());
          if (news.state === "error") emit([news.error.kind]);
        });
      }),
    untilQueue: (satisfies) =>
      until("queue", (emit) =>
        api["queue.watchSummary"]({}, (summary) => {
          if (satisfies(summary)) emit(summary);
        }),
      ),
    rows: (filter) =>
      until("rows", (emit) => api["queue.watchWindow"]({ filter, offset: 0, limit: 500 }, ({ rows }) => emit(rows))),
    untilPrompt: <K extends Question["kind"]>(kind: K) =>
      until<Prompt & { question: Extract<Question, { kind: K }> }>(`${kind} prompt`, (emit) =>
        api["prompts.watch"]({}, ({ prompts }) => {
          for (const prompt of prompts) if (isOfKind(prompt, kind)) emit(prompt);
        }),
      ),
    answer: async ({ id }, answer) => {
      await call("prompts.answer", { id, answer });
    },
    log: () => lines,
    close: async () => {
      stopLog();
      await engine.close();
    },
  };
}

function isOfKind<K extends Question["kind"]>(
  prompt: Prompt,
  kind: K,
): prompt is Prompt & { question: Extract<Question, { kind: K }> } {
  return prompt.question.kind === kind;
}

/** The first item a stream offers by `emit`; the stream is stopped then. */
function until<T>(what: string, open: (emit: (item: T) => void) => () => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let stop = () => {};
    const end = (settle: () => void) => {
      clearTimeout(timer);
      setImmediate(() => stop());
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new Error(`Waited ${patienceMs} ms for: ${what}`))), patienceMs);
    stop = open((item) => end(() => resolve(item)));
  });
}
