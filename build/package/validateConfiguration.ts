import { createRequire } from "node:module";
import type { Configuration } from "electron-builder";

const require = createRequire(import.meta.url);

/**
 * Checks an electron-builder configuration against electron-builder's own schema, without building anything: unknown keys and wrong
 * types reject with its words. The check is not part of its public face; the version is pinned in package.json.
 */
export async function validateConfiguration(configuration: Configuration): Promise<void> {
  const builderLib = createRequire(require.resolve("electron-builder"));
  const { validateConfiguration: validate } = builderLib("app-builder-lib/out/util/config/config.js");
  const { DebugLogger } = createRequire(builderLib.resolve("app-builder-lib"))("builder-util");
  await validate(configuration, new DebugLogger(false));
}
