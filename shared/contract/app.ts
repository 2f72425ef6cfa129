import * as z from "zod/mini";
import { logLineSchema } from "../models/logLine.ts";
import { mendedSchema } from "../models/mended.ts";
import { proxyPasswordSchema } from "../models/proxy.ts";
import { settingsSchema, shownSettingsSchema } from "../models/settings.ts";
import { command, stream } from "./define.ts";

const nothing = z.object({});
const droppedSources = z.object({
  sources: z.array(
    z.object({
      path: z.string(),
      name: z.string(),
      type: z.enum(["file", "directory"]),
      size: z.nullable(z.number()),
      modifiedMs: z.nullable(z.number()),
    }),
  ),
});

export const appContract = {
  "app.describe": command(
    nothing,
    z.object({
      version: z.string(),
      host: z.enum(["desktop", "browser"]),
      platform: z.string(),
      /** Component versions for About: node, electron, chrome, sqlite, openssl. */
      versions: z.record(z.string(), z.string()),
      /** Where the local pane begins. */
      homeFolder: z.string(),
      /** "paths": the preload names dropped files; "staging": they are sent to POST /drop first. */
      fileDrop: z.enum(["paths", "staging"]),
      /** How passwords are kept: the system's keychain, a key file of mode 0600, or not at all. */
      secretStorage: z.enum(["keychain", "key-file", "none"]),
      isFirstStart: z.boolean(),
      /** Files of Portside that were found damaged at this start. */
      mended: z.array(mendedSchema),
      /** `--demo`: show the demo at once. */
      opensDemo: z.boolean(),
      /** What the host can do once the queue is finished, besides what every host can. */
      endings: z.array(z.enum(["quit", "sleep"])),
    }),
  ),
  "settings.watch": stream(nothing, shownSettingsSchema),
  "settings.change": command(z.partial(settingsSchema), nothing),
  /** Stores the password of a proxy encrypted; null: forgets it. */
  "settings.setProxyPassword": command(
    z.object({ proxy: z.enum(["proxy", "ftpProxy"]), password: z.nullable(proxyPasswordSchema) }),
    nothing,
  ),
  /** The window's own memory (splits, columns, last folders): text the renderer wrote and alone understands. */
  "layout.load": command(nothing, z.object({ text: z.nullable(z.string()) })),
  "layout.save": command(z.object({ text: z.string().check(z.maxLength(100_000)) }), nothing),
  /** The last lines, then new ones in batches. */
  "log.watch": stream(nothing, z.object({ lines: z.array(logLineSchema) })),
  /** Opens a staging folder for one drop of operating-system files (browser host). Files follow by POST /drop?drop=ID&path=a/b. */
  "staging.open": command(nothing, z.object({ dropId: z.string() })),
  /** Everything has been sent: gives the top-level sources for `queue.add`. Staged files are deleted once they are uploaded. */
  "staging.close": command(z.object({ dropId: z.string() }), droppedSources),
  /** The drop will not be queued after all, whether sent in full or not: deletes what was staged of it. */
  "staging.abandon": command(z.object({ dropId: z.string() }), nothing),
  /** Desktop: what lies at dropped paths, as sources for `queue.add`. */
  "local.describe": command(
    z.object({
      paths: z.array(z.string().check(z.minLength(1), z.maxLength(32_768))).check(z.minLength(1), z.maxLength(10_000)),
    }),
    droppedSources,
  ),
} as const;
