import { type Habitat, habitats } from "./borders.ts";

/** Tests, and the stand-ins they share, import what they test with. */
const outsideTheRule = ["!**/*.test.ts", "!**/testing/**", "!**/vite.config.ts"];

/** The table as Biome's overrides, one per habitat: what biome.borders.json holds. */
export function createLintOverrides() {
  return habitats.map((habitat) => ({
    includes: [...habitat.places.flatMap((place) => filesAt(place, habitat)), ...outsideTheRule],
    linter: {
      rules: {
        style: {
          noRestrictedImports: {
            level: "error",
            options: {
              patterns: [
                { group: forbiddenHabitats(habitat), message: `${habitat.name} does not import this. ${habitat.cure}` },
                {
                  group: forbiddenPackages(habitat),
                  message: `${habitat.name} does not use this package. ${habitat.cure}`,
                },
              ],
            },
          },
        },
      },
    },
  }));
}

/** A folder, without the files in it that are habitats of their own. */
function filesAt(place: string, habitat: Habitat): string[] {
  if (!place.endsWith("/")) return [place];
  const others = habitats.filter((other) => other !== habitat).flatMap(({ places }) => places);
  return [`${place}**`, ...others.filter((other) => other.startsWith(place)).map((other) => `!${other}`)];
}

/** In .gitignore style the last match decides, so what is allowed stands after what is forbidden. */
function forbiddenHabitats(from: Habitat): string[] {
  const others = habitats.filter(({ name }) => name !== from.name);
  const forbidden = others.filter(({ name }) => !from.mayImport.includes(name));
  const allowed = others.filter(({ name }) => from.mayImport.includes(name));
  const look = ({ places }: Habitat) => places.flatMap((place) => specifiersOf(place, from));
  return ["**/e2e/**", ...forbidden.flatMap(look), ...allowed.flatMap(look).map((glob) => `!${glob}`)];
}

/** How an import of `place` looks: "../api/x.ts" between neighbours in the engine, "../../electron/engine/api/x.ts" from afar. */
function specifiersOf(place: string, from: Habitat): string[] {
  if (from.places.every((own) => own.startsWith(place))) {
    // From within: a face knows the files beside it as "./x.ts", a part of a divided folder those above as "../x.ts".
    return from.places.some((own) => own.endsWith("/")) ? ["../*.ts", "../../*.ts"] : ["./**"];
  }
  const isAfar = isInEngine(place) && !from.places.every(isInEngine);
  const path = place.replace(isAfar ? /^electron\// : /^electron\/(engine\/(ftp\/(?=.))?)?/, "");
  if (!place.endsWith("/")) return [`**/${path}`];
  return [isDivided(place) ? `**/${path}*` : `**/${path}**`];
}

/** Its folders are habitats of their own; what is left are the files at its top. */
function isDivided(place: string): boolean {
  return habitats.some(({ places }) =>
    places.some((other) => other !== place && other.startsWith(place) && other.endsWith("/")),
  );
}

function isInEngine(place: string): boolean {
  return place.startsWith("electron/engine/");
}

function forbiddenPackages({ packages }: Habitat): string[] {
  // Everything but some: turn "all, not these" around.
  if (packages[0] === "**") return packages.slice(1).map((glob) => glob.slice(1));
  return ["**", "!./**", "!../**", ...packages.map((glob) => `!${glob}`)];
}
