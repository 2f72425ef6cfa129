import type { TFunction } from "i18next";
import { describe, expect, test } from "vitest";
import { createI18n } from "../../i18n/createI18n.ts";
import { sampleTransfer } from "../../stores/testing/samples.ts";
import { routeOf, shareDone, stateWords } from "./transferWords.ts";

const t: TFunction<"dock"> = createI18n("en").getFixedT(null, "dock");

describe("where from and where to", () => {
  test("an upload goes from the local folder to the site's", () => {
    const transfer = sampleTransfer({
      id: 1,
      localPath: "/home/ann/Pictures/a.jpg",
      remoteDisplayPath: "/www/photos/2026/a.jpg",
    });
    expect(routeOf(transfer)).toEqual({
      name: "a.jpg",
      newName: null,
      from: { full: "/home/ann/Pictures", short: "…/Pictures", site: null },
      to: { full: "Harbour:/www/photos/2026", short: "…/2026", site: "Harbour" },
    });
  });

  test("a download comes the other way, named as the server names it; short folders stay whole", () => {
    const transfer = sampleTransfer({
      id: 1,
      direction: "download",
      localPath: "C:\\Users\\ann\\a.jpg",
      remoteDisplayPath: "/a.jpg",
    });
    expect(routeOf(transfer)).toEqual({
      name: "a.jpg",
      newName: null,
      from: { full: "Harbour:/", short: "/", site: "Harbour" },
      to: { full: "C:\\Users\\ann", short: "…\\ann", site: null },
    });
  });

  test("a name that the target cannot take is told beside its own", () => {
    const transfer = sampleTransfer({
      id: 1,
      direction: "download",
      localPath: "C:\\Users\\ann\\‛aux.txt",
      remoteDisplayPath: "/aux.txt",
    });
    expect(routeOf(transfer)).toMatchObject({ name: "aux.txt", newName: "‛aux.txt" });
  });
});

describe("states in words", () => {
  test.each([
    ["Queued", { state: "queued" }],
    ["Starting", { state: "running" }],
    ["Reading folder", { state: "running", kind: "folder" }],
    ["Waiting for your answer", { state: "waiting" }],
    ["Paused", { state: "paused" }],
    ["Paused at 43%", { state: "paused", bytesDone: 439 }],
    ["Paused", { state: "paused", bytesDone: 439, size: null }],
    ["Transferred", { state: "done" }],
    ["Folder ready", { state: "done", kind: "folder" }],
    ["Skipped by rule “*.tmp”", { state: "done", skipped: "user", skippedBy: "*.tmp" }],
    ["Skipped: same size", { state: "done", skipped: "same-size" }],
    ["Skipped: a link to a folder is not followed", { state: "done", kind: "folder", skipped: "folder-link" }],
    ["Cancelled", { state: "cancelled" }],
  ] as const)("%s", (words, part) => expect(stateWords(sampleTransfer({ id: 1, ...part }), t)).toBe(words));
});

test("how far a transfer is", () => {
  expect(shareDone(250, 1_000)).toBe(0.25);
  expect(shareDone(0, 0)).toBe(1);
  expect(shareDone(10, null)).toBeNull();
  expect(shareDone(1_200, 1_000)).toBe(1);
});
