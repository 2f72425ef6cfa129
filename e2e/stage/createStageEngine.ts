import type { EngineApi } from "../../shared/contract/contract.ts";
import type { LogKind } from "../../shared/models/logLine.ts";
import { parentOfRemote } from "../../shared/models/remotePath.ts";
import { defaultSettings, type Settings, type ShownSettings } from "../../shared/models/settings.ts";
import { createNews } from "./createNews.ts";
import { createLocalTree, createRemoteTree } from "./sampleFiles.ts";
import { createStageFolders } from "./stageFolders.ts";
import { createStageJobs } from "./stageJobs.ts";
import { createStageQueue } from "./stageQueue.ts";
import { createStageSites } from "./stageSites.ts";

/**
 * An engine in memory for looking at the window without servers. Scenes: "empty" (no sites), "busy" (3,000 transfers, eight lanes),
 * "lanes" (the same with files so large that none ends), "million" (that many transfers waiting), "still" (thirty in a stopped queue), "conflict", "certificate", "changed", "downgrade", "password" (prompts), "plan", "planFull", "planTrouble" (a drop that waits as a plan), "slow" (a listing takes two seconds), "jobs" (a delete under way, and one that left something undone).
 */
export function createStageEngine(scene: ReadonlySet<string>): EngineApi {
  const local = createLocalTree(Date.now());
  const remote = createRemoteTree(Date.now());
  const { add, ...folders } = createStageFolders(
    ({ side }) => (side === "local" ? local : remote),
    scene.has("slow") ? 2_000 : 20,
  );
  const settings = createNews<ShownSettings>({
    ...defaultSettings,
    hasProxyPassword: false,
    hasFtpProxyPassword: false,
  });
  let layout: string | null = null;

  return {
    ...createStageSites(scene),
    ...folders,
    ...createStageJobs(scene),
    ...createStageQueue({
      scene,
      onDone: ({ direction, localPath, remotePath, size, kind }) => {
        const target = direction === "upload" ? remotePath : localPath;
        const place =
          direction === "upload" ? ({ side: "remote", connectionId: "" } as const) : ({ side: "local" } as const);
        add(
          place,
          parentOfRemote(target) ?? "/",
          target.slice(target.lastIndexOf("/") + 1),
          kind === "folder" ? null : size,
        );
      },
    }),
    "app.describe": async () => ({
      version: "0.1.0",
      host: "browser",
      platform: "linux",
      versions: { node: "24.21.0", chrome: "156.0", sqlite: "3.53.4", openssl: "3.5.4" },
      homeFolder: "/home/mira",
      fileDrop: "paths",
      secretStorage: "key-file",
      isFirstStart: scene.has("empty"),
      mended: scene.has("mended")
        ? [{ what: "queue", keptAt: damagedQueue, rows: 12_408, isIncomplete: true, usedCopy: false }]
        : [],
      opensDemo: false,
      endings: ["quit"],
    }),
    "settings.watch": (_input, emit) => settings.watch(emit),
    "settings.change": async (change) => {
      settings.set({ ...settings.get(), ...(change as Partial<Settings>) });
      return {};
    },
    "settings.setProxyPassword": async ({ proxy, password }) => {
      const name = proxy === "proxy" ? "hasProxyPassword" : "hasFtpProxyPassword";
      settings.set({ ...settings.get(), [name]: password !== null });
      return {};
    },
    "layout.load": async () => ({ text: layout }),
    "layout.save": async ({ text }) => {
      layout = text;
      return {};
    },
    "log.watch": (_input, emit) => {
      emit({ lines: scene.has("empty") ? [] : sampleLog() });
      return () => {};
    },
    "staging.open": async () => ({ dropId: "drop" }),
    "staging.close": async () => ({ sources: [] }),
    "staging.abandon": async () => ({}),
    "exchange.export": async ({ format }) => ({
      text: `a queue for ${format}\n`,
      next: null,
      transfers: 12,
      leftOut: 0,
    }),
    "exchange.import": async () => ({
      problem: null,
      added: 120,
      sites: 2,
      leftOut: [{ reason: "protocol", count: 3 }],
    }),
    "local.describe": async ({ paths }) => ({
      sources: paths.map((path) => ({
        path,
        name: path.slice(path.lastIndexOf("/") + 1),
        type: "file",
        size: 5_000_000,
        modifiedMs: Date.now(),
      })),
    }),
  };
}

const damagedQueue = "/home/mira/.local/share/portside/queue damaged 2026-11-21 14-45-09.sqlite";

function sampleLog() {
  const lines: [LogKind, string][] = [
    ["status", "Resolving ftp.harbour.example…"],
    ["status", "Connecting to 192.0.2.17:21…"],
    ["reply", "220 Harbour Works FTP"],
    ["command", "AUTH TLS"],
    ["reply", "234 Proceed with negotiation."],
    ["status", "TLS 1.3, TLS_AES_256_GCM_SHA384"],
    ["command", "USER mira"],
    ["reply", "331 Please specify the password."],
    ["command", "PASS ****"],
    ["reply", "230 Login successful."],
    ["command", "FEAT"],
    ["reply", "211-Features:\n EPSV\n MLST type*;size*;modify*;\n REST STREAM\n UTF8\n211 End"],
    ["command", "MLSD /public_html"],
    ["reply", "150 Here comes the directory listing."],
    ["reply", "226 Directory send OK."],
    ["command", "STOR /public_html/assets/harbour at dawn 8.jpg"],
    ["error", "553 Could not create file."],
  ];
  return lines.map(([kind, text], id) => ({
    id,
    atMs: Date.now() - 6_000 - (lines.length - id) * 400,
    kind,
    session: kind === "status" ? null : "browse 1",
    text,
  }));
}
