import { describe, expect, test } from "vitest";
import type { Plan, PlannedTransfer } from "../../../shared/models/plan.ts";
import { createI18n } from "../../i18n/createI18n.ts";
import { createFormats } from "../../i18n/format.ts";
import { actionWords, filesToMove, lackOfSpace, partsOf, reasonWords } from "./planWords.ts";

const i18n = createI18n("en");
const t = i18n.getFixedT("en", "plan");
const formats = createFormats("en", "binary", { today: (time) => time, yesterday: (time) => time });

const plan: Plan = {
  batchId: 1,
  direction: "upload",
  siteName: "Harbour",
  target: "/www",
  counts: [
    { action: "create", files: 7, folders: 2, bytes: 700 },
    { action: "skip", files: 3, folders: 0, bytes: 0 },
    { action: "fail", files: 1, folders: 0, bytes: 0 },
  ],
  names: 0,
  pending: 4,
  bytes: 700,
  free: { local: 10, remote: 900 },
  timeMs: null,
  trouble: null,
};
const row: PlannedTransfer = {
  id: 1,
  kind: "file",
  sourcePath: "/home/mira/a.txt",
  targetPath: "/www/a.txt",
  size: 10,
  action: "create",
  reason: "new",
  rule: null,
  note: null,
  errorKind: null,
  newName: null,
  modifiedMs: null,
  targetSize: null,
  targetModifiedMs: null,
};
const why = (facts: Partial<PlannedTransfer>) => reasonWords({ ...row, ...facts }, formats, t, i18n);

test("a plan is shown by its parts, what wants a look first, without those that are empty", () => {
  expect(partsOf(plan)).toEqual([
    { part: "all", count: 17 },
    { part: "fail", count: 1 },
    { part: "skip", count: 3 },
    { part: "create", count: 9 },
  ]);
  expect(filesToMove(plan)).toBe(7);
});

describe("room", () => {
  test("is asked for where the files go, and only what is known is missed", () => {
    expect(lackOfSpace(plan)).toBeNull();
    expect(lackOfSpace({ ...plan, direction: "download" })).toEqual({ side: "local", free: 10 });
    expect(lackOfSpace({ ...plan, free: { local: 10, remote: null } })).toBeNull();
    expect(lackOfSpace({ ...plan, bytes: 901 })).toEqual({ side: "remote", free: 900 });
  });
});

describe("words", () => {
  test("say what happens", () => {
    expect(actionWords(row, t)).toBe("New");
    expect(actionWords({ ...row, kind: "folder" }, t)).toBe("New folder");
    expect(actionWords({ ...row, action: "rename", newName: "a (2).txt" }, t)).toBe("Rename to a (2).txt");
    expect(actionWords({ ...row, action: null, reason: null }, t)).toBe("Not looked at yet");
  });

  test("say why, with what stands there and what becomes of the name", () => {
    expect(why({})).toBe("");
    expect(why({ action: "skip", reason: "rule", rule: "*.tmp" })).toBe("By rule “*.tmp”");
    expect(why({ action: "overwrite", reason: "choice", targetSize: 4_096 })).toBe("Your choice · there: 4 KiB");
    expect(why({ note: "windows" })).toBe("A Windows server may refuse this name");
    expect(why({ action: "ask", reason: "rule" })).toBe("A file is there already");
    expect(why({ action: "fail", reason: "error", errorKind: "permission-denied" })).toMatch(/\.$/);
  });
});
