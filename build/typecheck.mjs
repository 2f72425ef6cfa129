// Type-checks every habitat with its own tsconfig, so that a Node word in the renderer or a DOM word in the engine does not compile.
import { spawnSync } from "node:child_process";

export const habitats = [
  "shared",
  "electron/engine",
  "electron/browser-host",
  "electron",
  "electron/tsconfig.preload.json",
  "renderer",
  "e2e",
];

if (import.meta.main ?? process.argv[1]?.endsWith("typecheck.mjs")) {
  const failed = habitats.filter((habitat) => spawnSync("tsc", ["-p", habitat], { stdio: "inherit" }).status !== 0);
  if (failed.length > 0) console.error(`Type errors in: ${failed.join(", ")}`);
  process.exit(failed.length === 0 ? 0 : 1);
}
