import { builtinModules } from "node:module";
import { build } from "vite";
import { describe, expect, test } from "vitest";
import { bundles, configureBundle } from "./bundle.ts";

describe.each(bundles)("the bundle $name", (bundle) => {
  test("is one file that needs nothing but Node and Electron", async () => {
    const { build: options, ...configuration } = configureBundle(bundle);
    const result = await build({ ...configuration, build: { ...options, write: false, sourcemap: false } });
    if (!("output" in result)) return expect.unreachable("Vite was not asked to watch, nor for two formats");
    const [chunk, ...others] = result.output;
    expect(others).toEqual([]);
    const allowed = (name: string) =>
      bundle.name === "preload"
        ? name === "electron/renderer" // a sandboxed preload has no other module
        : name.startsWith("node:") || builtinModules.includes(name) || name === "electron/main";
    expect([...chunk.imports, ...chunk.dynamicImports].filter((name) => !allowed(name))).toEqual([]);
    const required = [...chunk.code.matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1] ?? "");
    // `ws` asks for two optional native add-ons, and goes on without them.
    expect(required.filter((name) => !allowed(name) && !["bufferutil", "utf-8-validate"].includes(name))).toEqual([]);
    expect(chunk.code.includes("electron/renderer")).toBe(bundle.name === "preload");
  });
});
