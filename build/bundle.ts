import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { build, type InlineConfig } from "vite";

const root = resolve(import.meta.dirname, "..");

/** What a bundle may still import when it runs. Everything else is inside it: Portside ships no node_modules. */
const outside = [/^node:/, /^electron(\/|$)/, ...builtinModules];

export type Bundle = { readonly name: string; readonly entry: string; readonly format: "es" | "cjs" };

export const bundles: readonly Bundle[] = [
  { name: "browser-host", entry: "electron/browser-host/main.ts", format: "es" },
  { name: "main", entry: "electron/main.ts", format: "es" },
  { name: "disk-thread", entry: "electron/engine/local/diskThread.ts", format: "es" }, // found beside whichever host runs it
  { name: "digest-thread", entry: "electron/engine/transfer/evidence/digestThread.ts", format: "es" },
  { name: "find-thread", entry: "electron/engine/transfer/find/findThread.ts", format: "es" },
  // A sandboxed preload is one CommonJS file: Electron loads it without a module loader.
  { name: "preload", entry: "electron/preload.ts", format: "cjs" },
];

/** Builds all that ships: the window into dist/renderer, both hosts and the preload into dist/electron. Resolves to how long it took. */
export async function bundle(): Promise<number> {
  const startedMs = performance.now();
  await build({ configFile: join(root, "renderer/vite.config.ts"), logLevel: "warn" });
  for (const one of bundles) await build(configureBundle(one));
  return performance.now() - startedMs;
}

/** How Vite makes one file of an entry and all it imports. */
export function configureBundle({ name, entry, format }: Bundle): InlineConfig {
  return {
    configFile: false,
    root,
    publicDir: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    build: {
      ssr: join(root, entry),
      target: "node24",
      outDir: join(root, "dist/electron"),
      emptyOutDir: false,
      minify: false, // a stack trace that a user sends must be readable
      sourcemap: true,
      rolldownOptions: {
        external: outside,
        output: { format, entryFileNames: `${name}.${format === "cjs" ? "cjs" : "js"}`, codeSplitting: false },
      },
    },
  };
}
