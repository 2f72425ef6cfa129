// Writes the table of borders.ts where Biome reads it: node build/borders/writeBorders.ts
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createLintOverrides } from "./lintOverrides.ts";

const file = resolve(import.meta.dirname, "../../biome.borders.json");
const lines = createLintOverrides().map((override) => `    ${JSON.stringify(override)}`);
writeFileSync(file, `{\n  "overrides": [\n${lines.join(",\n")}\n  ]\n}\n`);
