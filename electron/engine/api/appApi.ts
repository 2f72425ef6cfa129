import type { EngineApi } from "../../../shared/contract/contract.ts";
import type { Mended } from "../../../shared/models/mended.ts";
import type { DocumentStore } from "../db/documentStore.ts";
import type { LocalFolders } from "../local/localFolders.ts";
import type { Staging } from "../local/staging.ts";
import type { LogHub } from "../log/logHub.ts";
import type { HostPorts } from "../ports.ts";
import type { ProxyPasswords } from "../settings/proxyPasswords.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";

export type AppApiParts = {
  readonly host: HostPorts;
  readonly isFirstStart: boolean;
  readonly mended: readonly Mended[];
  readonly settings: SettingsStore;
  readonly proxyPasswords: ProxyPasswords;
  readonly documents: DocumentStore;
  readonly log: LogHub;
  readonly staging: Staging;
  readonly local: LocalFolders;
  /** Whether a transfer in the queue reads files below this local folder. */
  readonly isNeeded: (folder: string) => boolean;
};

type Names = Extract<
  keyof EngineApi,
  | `app.${string}`
  | `settings.${string}`
  | `layout.${string}`
  | `log.${string}`
  | `staging.${string}`
  | `local.${string}`
>;

export function createAppApi(parts: AppApiParts): Pick<EngineApi, Names> {
  const { host, isFirstStart, mended, settings, proxyPasswords, documents, log, staging, local, isNeeded } = parts;
  return {
    "app.describe": async () => ({
      version: host.version,
      host: host.host,
      platform: process.platform,
      versions: { ...host.versions },
      homeFolder: host.dirs.home,
      fileDrop: host.fileDrop,
      secretStorage: host.secrets.storage,
      isFirstStart,
      mended: [...mended],
      opensDemo: host.opensDemo,
      endings: (["quit", "sleep"] as const).filter((ending) => host.endings[ending] !== undefined),
    }),
    "settings.watch": (_, emit) => {
      const tell = () =>
        emit({
          ...settings.get(),
          hasProxyPassword: proxyPasswords.has("proxy"),
          hasFtpProxyPassword: proxyPasswords.has("ftpProxy"),
        });
      tell();
      const stops = [settings.watch(tell), proxyPasswords.watch(tell)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    "settings.change": async (changes) => {
      settings.change(changes);
      return {};
    },
    "settings.setProxyPassword": async ({ proxy, password }) => {
      await proxyPasswords.change(proxy, password);
      return {};
    },
    "layout.load": async () => ({ text: documents.load("layout") }),
    "layout.save": async ({ text }) => {
      documents.save("layout", text);
      return {};
    },
    "log.watch": (_, emit) => log.watch((lines) => emit({ lines: [...lines] })),
    "staging.open": async () => ({ dropId: await staging.open() }),
    "staging.close": async ({ dropId }) => ({ sources: await staging.close(dropId) }),
    "staging.abandon": async ({ dropId }) => {
      await staging.abandon(dropId, isNeeded);
      return {};
    },
    "local.describe": async ({ paths }) => ({ sources: await Promise.all(paths.map(local.describe)) }),
  };
}
