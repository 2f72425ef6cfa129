import { describe, expect, test } from "vitest";
import type { SitesState } from "../stores/sitesStore.ts";
import { sampleFolder, sampleSite } from "../stores/testing/samples.ts";
import { moveIntoFolderAbove, moveOneStep, moveOnto, sitesInside, zoneAt } from "./siteMoves.ts";

const state: SitesState = {
  revision: 1,
  folders: [
    sampleFolder({ id: "work", position: 1 }),
    sampleFolder({ id: "old", folderId: "work", position: 2, isExpanded: false }),
  ],
  sites: [
    sampleSite({ id: "home", position: 3 }),
    sampleSite({ id: "shop", folderId: "work", position: 1 }),
    sampleSite({ id: "museum", folderId: "old", position: 1 }),
    sampleSite({ id: "seen once", position: 0, origin: "quick" }),
    sampleSite({ id: "demo", position: 0, origin: "demo" }),
  ],
};

describe("moving by keyboard", () => {
  test.each([
    ["down past its neighbour", "demo", 1, { id: "demo", folderId: null, beforeId: "home" }],
    ["up before its neighbour", "home", -1, { id: "home", folderId: null, beforeId: "work" }],
    ["down to the end", "shop", 1, { id: "shop", folderId: "work", beforeId: null }],
    ["up out of its folder, before it", "shop", -1, { id: "shop", folderId: null, beforeId: "work" }],
    ["down out of its folder, behind it", "old", 1, { id: "old", folderId: null, beforeId: "home" }],
    ["up at the very top stays", "demo", -1, null],
    ["down at the very end stays", "home", 1, null],
  ] as const)("%s", (_what, id, step, expected) => {
    expect(moveOneStep(state, id, step)).toEqual(expected);
  });
});

test("Alt+→ puts a site into the nearest folder above it", () => {
  expect(moveIntoFolderAbove(state, "home")).toEqual({ id: "home", folderId: "work", beforeId: null });
  expect(moveIntoFolderAbove(state, "demo")).toBeNull();
});

describe("moving by drag", () => {
  test.each([
    ["onto a folder", "home", "work", "into", { id: "home", folderId: "work", beforeId: null }],
    ["before a site of another folder", "home", "shop", "before", { id: "home", folderId: "work", beforeId: "shop" }],
    ["behind a site", "demo", "shop", "after", { id: "demo", folderId: "work", beforeId: "old" }],
    ["behind the last", "demo", "home", "after", { id: "demo", folderId: null, beforeId: null }],
    ["a folder into itself", "work", "work", "into", null],
    ["a folder into what it holds", "work", "old", "into", null],
    ["a folder beside a site deep inside it", "work", "museum", "before", null],
    ["behind the one it stands behind already", "work", "demo", "after", null],
  ] as const)("%s", (_what, id, target, zone, expected) => {
    expect(moveOnto(state, id, target, zone)).toEqual(expected);
  });

  test("the edges of a row mean beside it, the middle of a folder means into it", () => {
    expect([0.1, 0.5, 0.9].map((share) => zoneAt(share, true))).toEqual(["before", "into", "after"]);
    expect([0.1, 0.49, 0.5, 0.9].map((share) => zoneAt(share, false))).toEqual(["before", "before", "after", "after"]);
  });
});

test("a folder counts the sites of its sub-folders", () => {
  expect(sitesInside(state, "work")).toBe(2);
  expect(sitesInside(state, "old")).toBe(1);
});
