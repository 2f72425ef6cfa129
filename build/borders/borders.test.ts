import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { type Habitat, habitats } from "./borders.ts";
import { createLintOverrides } from "./lintOverrides.ts";

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

/** Every packages question at once: what a habitat might want to use, and whether the table lets it. */
const packages = {
  "node:fs": (habitat: Habitat) => habitat.packages.includes("node:*"),
  "node:fs/promises": (habitat: Habitat) => habitat.packages.includes("node:*"),
  "zod/mini": (habitat: Habitat) => habitat.packages.includes("zod/mini") || habitat.name === "renderer",
  electron: () => false, // the process-scoped modules tell what exists where
  "electron/main": (habitat: Habitat) => habitat.name === "shell",
  ws: (habitat: Habitat) => habitat.name === "browser-host",
  "iconv-lite": (habitat: Habitat) => habitat.packages.includes("iconv-lite"),
  react: (habitat: Habitat) => habitat.name === "renderer",
} as const;

type Import = { readonly line: number; readonly specifier: string; readonly what: string; readonly isAllowed: boolean };

describe("the import table", () => {
  let planted: ReadonlyMap<string, readonly Import[]>;
  let complaints: ReadonlyMap<string, ReadonlyMap<number, string>>;

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "portside-borders-"));
    try {
      planted = plantAllImports(folder);
      complaints = lint(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each(habitats.map(({ name }) => name))("%s imports what it may, and the linter rejects all the rest", (name) => {
    const files = [...planted].filter(([file]) => habitatOf(file)?.name === name);
    expect(files.length).toBeGreaterThan(0);
    for (const [file, imports] of files) {
      const rejected = imports.filter(({ line }) => complaints.get(file)?.has(line));
      const forbidden = imports.filter(({ isAllowed }) => !isAllowed);
      expect(
        rejected.map(({ what }) => what),
        file,
      ).toEqual(forbidden.map(({ what }) => what));
    }
  });

  test("every complaint says what to do instead", () => {
    for (const [file, lines] of complaints) {
      const { cure } = habitatOf(file) ?? expect.unreachable(file);
      for (const message of lines.values()) expect(message).toContain(cure);
    }
  });
});

test("biome.borders.json holds the table (node build/borders/writeBorders.ts writes it)", () => {
  const written = JSON.parse(readFileSync(join(root, "biome.borders.json"), "utf8"));
  expect(written).toEqual({ overrides: createLintOverrides() });
});

test("every folder of the product, and every file at the engine's top, has its place in the table", () => {
  const inside = (path: string, wanted: "folders" | "files") =>
    readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() === (wanted === "folders") && entry.name !== "testing")
      .map(({ name }) => (wanted === "folders" ? `${path}${name}/` : `${path}${name}`));
  const sources = inside("electron/engine/", "files").filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  const folders = ["electron/", "electron/engine/", "electron/engine/ftp/"].flatMap((path) => inside(path, "folders"));
  const known = new Set([...habitats.flatMap(({ places }) => places), "electron/engine/"]);
  expect([...folders, ...sources].filter((place) => !known.has(place))).toEqual([]);
});

describe("the compiler", () => {
  const scratch = join(root, ".cache/borders");
  beforeAll(() => mkdirSync(scratch, { recursive: true }));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test.each([
    ["shared", "document.title", "Buffer.alloc(1)", 'import("node:fs")', 'import("electron/main")'],
    ["electron/engine", "document.title", 'import("electron/main")'],
    ["electron/browser-host", "document.title", 'import("electron/main")'],
    ["electron", "document.title", 'import("electron/main").then(({ contextBridge }) => contextBridge)'],
    ["electron/tsconfig.preload.json", 'import("electron/renderer").then(({ app }) => app)'],
    ["renderer", "process.env", "Buffer.alloc(1)", 'import("node:fs")', 'import("electron/main")'],
  ])("does not know in %s what exists elsewhere only", async (habitat, ...words) => {
    const folder = mkdtempSync(join(scratch, "plant-"));
    const base = habitat.endsWith(".json") ? habitat : `${habitat}/tsconfig.json`;
    const ambient = habitat === "shared" ? [join(root, "shared/platform.d.ts")] : [];
    const lawful = "export const lawful = new Map<string, number>();"; // the check itself works
    writeFileSync(join(folder, "planted.ts"), [lawful, ...words.map((word) => `void ${word};`)].join("\n"));
    const include = {
      extends: join(root, base),
      include: ["planted.ts", ...ambient],
      exclude: [],
      files: ["planted.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(include));
    const said = await run("tsc", ["-p", folder, "--pretty", "false"]).then(
      ({ stdout }) => stdout,
      ({ stdout }) => String(stdout),
    );
    const lines = [...said.matchAll(/planted\.ts\((\d+),/g)].map((match) => Number(match[1]));
    expect([...new Set(lines)], said).toEqual(words.map((_, index) => index + 2));
  });
});

/** Writes, for every habitat, a file that imports from every other habitat and every package. */
function plantAllImports(folder: string): Map<string, Import[]> {
  const { vcs: _, ...configuration } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify(configuration));
  writeFileSync(join(folder, "biome.borders.json"), readFileSync(join(root, "biome.borders.json")));
  const files = new Map<string, Import[]>();
  for (const from of habitats) {
    for (const file of from.places.map(fileAt)) {
      const wishes = [
        ...habitats
          .filter(({ name }) => name !== from.name)
          .flatMap((to) => importsOf(to, file, from.mayImport.includes(to.name))),
        { specifier: toSpecifier(file, "e2e/ftpd/x.ts"), what: "e2e", isAllowed: false },
        ...Object.entries(packages).map(([specifier, mayUse]) => ({
          specifier,
          what: specifier,
          isAllowed: mayUse(from),
        })),
        { specifier: "./own/x.ts", what: "its own files", isAllowed: !isFace(from) },
      ];
      files.set(
        file,
        wishes.map((wish, index) => ({ ...wish, line: index + 1 })),
      );
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), wishes.map(({ specifier }) => `import "${specifier}";`).join("\n"));
    }
  }
  return files;
}

/** A single file in the folder of another habitat, whose other files it does not know. */
function isFace({ places }: Habitat): boolean {
  return places.every((own) =>
    habitats.some((other) =>
      other.places.some((place) => own !== place && own.startsWith(place) && !own.endsWith("/")),
    ),
  );
}

function importsOf(to: Habitat, file: string, isAllowed: boolean) {
  return to.places.map((place) => ({ specifier: toSpecifier(file, fileAt(place)), what: fileAt(place), isAllowed }));
}

function toSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}

function fileAt(place: string): string {
  return place.endsWith("/") ? `${place}planted.ts` : place;
}

function habitatOf(file: string): Habitat | undefined {
  return habitats.find(({ places }) => places.some((place) => fileAt(place) === file));
}

const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      location: z.object({ path: z.string(), range: z.object({ start: z.object({ line: z.number() }) }) }),
    }),
  ),
});

/** What the linter says: by file, by line. */
function lint(folder: string): Map<string, Map<number, string>> {
  const args = ["lint", "--only=style/noRestrictedImports", "--reporter=rdjson", "--max-diagnostics=none", "."];
  const complaints = new Map<string, Map<number, string>>();
  for (const { message, location } of reportSchema.parse(JSON.parse(runBiome(args, folder))).diagnostics) {
    const lines = complaints.get(location.path) ?? new Map<number, string>();
    complaints.set(location.path, lines.set(location.range.start.line, message));
  }
  return complaints;
}

/** Complaints make Biome end with 1; what it said counts all the same. */
function runBiome(args: string[], folder: string): string {
  try {
    return execFileSync("biome", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    const { stdout } = z.object({ stdout: z.string() }).parse(error);
    return stdout;
  }
}
