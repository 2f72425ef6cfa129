// Builds everything that ships: the window into dist/renderer, both hosts and the preload into dist/electron.
import { builtinModules } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, runOnNode24 } from "./node24.mjs";

const target = "node24";

/** What a bundle may still import when it runs. Everything else is inside it: Portside ships no node_modules. */
const outside = [/^node:/, /^electron(\/|$)/, ...builtinModules];

export async function build() {
  const vite = await import("vite");
  const started = performance.now();
  await vite.build({ configFile: join(root, "renderer/vite.config.ts"), logLevel: "warn" });
  for (const bundle of [
    { name: "browser-host", entry: "electron/browser-host/main.ts", format: "es" },
    { name: "main", entry: "electron/main.ts", format: "es" },
    // A sandboxed preload is one CommonJS file: Electron loads it without a module loader.
    { name: "preload", entry: "electron/preload.ts", format: "cjs" },
  ]) {
    await vite.build(bundleConfig(bundle));
  }
  return Math.round(performance.now() - started);
}

function bundleConfig({ name, entry, format }) {
  const extension = format === "cjs" ? "cjs" : "js";
  return {
    configFile: false,
    root,
    publicDir: false,
    logLevel: "warn",
    ssr: { noExternal: true, external: [] },
    build: {
      ssr: join(root, entry),
      target,
      outDir: join(root, "dist/electron"),
      emptyOutDir: false,
      minify: false, // a stack trace a user sends must be readable
      sourcemap: true,
      rolldownOptions: {
        external: outside,
        output: { format, entryFileNames: `${name}.${extension}`, codeSplitting: false },
      },
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runOnNode24();
  const tookMs = await build();
  console.log(`Built dist/ in ${(tookMs / 1000).toFixed(1)} s.`);
}
