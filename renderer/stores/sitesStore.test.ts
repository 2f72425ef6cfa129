import { describe, expect, test } from "vitest";
import { copyTargets, type SitesState, toTreeRows } from "./sitesStore.ts";
import { sampleFolder, sampleSite } from "./testing/samples.ts";

const state: SitesState = {
  revision: 1,
  folders: [
    sampleFolder({ id: "work", position: 1 }),
    sampleFolder({ id: "old", folderId: "work", position: 2, isExpanded: false }),
  ],
  sites: [
    sampleSite({ id: "home", position: 3 }),
    sampleSite({ id: "shop", folderId: "work", position: 1, host: "ftp.shop.example" }),
    sampleSite({ id: "museum", folderId: "old", position: 1 }),
    sampleSite({ id: "seen once", position: 0, origin: "quick" }),
    sampleSite({ id: "demo", position: 0, origin: "demo" }),
  ],
};

const outline = (search = "") => toTreeRows(state, search).map((row) => `${"  ".repeat(row.depth)}${row.id}`);

describe("the site tree", () => {
  test("shows folders and sites by position, closed folders closed, and no quick-connect history", () => {
    expect(outline()).toEqual(["demo", "work", "  shop", "  old", "home"]);
  });

  test("a search shows each match inside its folders, closed ones too", () => {
    expect(outline("MUSEUM")).toEqual(["work", "  old", "    museum"]);
    expect(outline("shop.example")).toEqual(["work", "  shop"]);
  });

  test("a folder whose name matches is shown with all it holds", () => {
    expect(outline("old")).toEqual(["work", "  old", "    museum"]);
  });

  test("a search without a match is empty", () => {
    expect(outline("nowhere")).toEqual([]);
  });
});

test("a copy from server to server may go to saved sites that allow it, and not to where it comes from", () => {
  const sites = [
    sampleSite({ id: "here", allowsFxp: true }),
    sampleSite({ id: "there", allowsFxp: true }),
    sampleSite({ id: "closed", allowsFxp: false }),
    sampleSite({ id: "seen once", allowsFxp: true, origin: "quick" }),
  ];
  expect(copyTargets(sites, "here").map(({ id }) => id)).toEqual(["there"]);
});
