/** A part of the house and what it may import, besides itself. The table of architecture.md, as data. */
export type Habitat = {
  readonly name: string;
  /** Folders (with a slash at the end) and files, from the repository's root. */
  readonly places: readonly string[];
  readonly mayImport: readonly string[];
  /** npm packages, in .gitignore style; "node:*" for Node's own. */
  readonly packages: readonly string[];
  /** What to do instead: the second half of the lint message. */
  readonly cure: string;
};

const node = ["node:*", "node:*/**"];

/** What a host takes from the engine: how to build it, and what to give it. */
const engineFaces = ["createEngine", "ports"];
/** Leaves of the engine: they know the system below them and nobody else. */
const leaves = ["sites", "prompts", "settings", "local", "log", "db", "exchange"];
/** What everyone in the engine stands on. */
const floor = ["shared", "util", "ports", "remoteSession"];

export const habitats: readonly Habitat[] = [
  {
    name: "shared",
    places: ["shared/"],
    mayImport: [],
    packages: ["zod/mini"],
    cure: "shared/ runs everywhere: keep it free of Node, the DOM and other packages.",
  },
  {
    name: "renderer",
    places: ["renderer/"],
    mayImport: ["shared"],
    packages: ["**", ...node.map((glob) => `!${glob}`), "!electron", "!electron/**", "!ws", "!iconv-lite"],
    cure: "Ask the engine through the contract (shared/contract), or move what both need to shared/.",
  },
  {
    name: "shell",
    places: ["electron/shell/", "electron/main.ts", "electron/preload.ts"],
    mayImport: ["shared", ...engineFaces],
    packages: [...node, "electron/main", "electron/renderer", "electron/common"],
    cure: "The shell builds the engine with createEngine and hands over a port; what both hosts need belongs in shared/hosting.",
  },
  {
    name: "browser-host",
    places: ["electron/browser-host/"],
    mayImport: ["shared", ...engineFaces],
    packages: [...node, "ws", "zod/mini"],
    cure: "The browser host builds the engine with createEngine and serves its api; what both hosts need belongs in shared/hosting.",
  },
  engine("createEngine.ts", "api", "transfer", "browse", "sessions", "ftp", "text", "demo", ...leaves),
  engine("api/", "transfer", "browse", "sessions", ...leaves),
  engine("transfer/", "sessions", ...leaves),
  engine("browse/", "sessions", ...leaves),
  engine("sessions/", ...leaves),
  engine("sites/", "db"),
  engine("settings/", "db"),
  engine("prompts/"),
  engine("local/"),
  engine("log/"),
  engine("db/"),
  { ...engine("exchange/"), packages: [...node, "zod/mini", "@rgrove/parse-xml"] },
  { ...engine("util/"), mayImport: ["shared", "ports"] },
  { ...engine("ports.ts"), mayImport: ["shared"] },
  { ...engine("sessions/remoteSession.ts"), mayImport: ["shared", "ports"] },
  ftp("", "operations", "session", "listing", "protocol", "text"),
  ftp("operations/", "session", "listing", "protocol", "text"),
  ftp("session/", "listing", "protocol", "text"),
  ftp("listing/", "protocol", "text"),
  ftp("protocol/", "text"),
  ftp("text/"),
  {
    name: "demo",
    places: ["electron/engine/demo/"],
    mayImport: [],
    packages: node,
    cure: "The demo server is the other side of the wire: code shared with the client would mirror its mistakes.",
  },
];

function engine(place: string, ...mayImport: readonly string[]): Habitat {
  return {
    name: nameOf(place),
    places: [`electron/engine/${place}`],
    mayImport: [...mayImport, ...floor],
    packages: [...node, "zod/mini"],
    cure: "Calls go down, news goes up by callbacks: take what you need as a parameter, and let createEngine.ts hand it in.",
  };
}

function ftp(place: string, ...mayImport: readonly string[]): Habitat {
  return {
    name: nameOf(`ftp/${place}`),
    places: [`electron/engine/ftp/${place}`],
    mayImport: [...mayImport, ...floor],
    packages: [...node, "iconv-lite", "socks"],
    cure: "ftp/ could be published by itself: take what you need as a parameter.",
  };
}

/** "sessions/remoteSession.ts" → "remoteSession", "api/" → "api" */
function nameOf(place: string): string {
  return place.replace(/\/$/, "").replace(/\.ts$/, "").replace(/^.*\//, "");
}
