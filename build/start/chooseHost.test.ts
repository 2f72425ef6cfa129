import { expect, test } from "vitest";
import { chooseHost, type Surroundings } from "./chooseHost.ts";

const desk: Surroundings = { platform: "linux", environment: { DISPLAY: ":0" }, isRoot: false, waivesSandbox: false };
const server: Surroundings = { ...desk, environment: {} };
const noDisplay = "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)";
const noRoot = "Electron's sandbox does not work for root";

test.each([
  ["on a desk, the desktop window", null, desk, { host: "desktop" }],
  ["under Wayland too", null, { ...desk, environment: { WAYLAND_DISPLAY: "wayland-0" } }, { host: "desktop" }],
  ["the browser, when wished for", "browser", desk, { host: "browser", insteadBecause: null }],
  ["without a display, the browser host and why", null, server, { host: "browser", insteadBecause: noDisplay }],
  [
    "an empty DISPLAY is none",
    null,
    { ...desk, environment: { DISPLAY: "" } },
    { host: "browser", insteadBecause: noDisplay },
  ],
  ["a wish for the desktop is refused, not bent", "desktop", server, { host: "none", because: noDisplay }],
  [
    "for root, the browser host: the sandbox is never dropped silently",
    null,
    { ...desk, isRoot: true },
    { host: "browser", insteadBecause: noRoot },
  ],
  [
    "root who waives the sandbox gets the window",
    null,
    { ...desk, isRoot: true, waivesSandbox: true },
    { host: "desktop" },
  ],
  ["macOS and Windows always have a display", null, { ...server, platform: "darwin" }, { host: "desktop" }],
] as const)("%s", (_name, wish, surroundings, choice) => {
  expect(chooseHost(wish, surroundings)).toEqual(choice);
});
