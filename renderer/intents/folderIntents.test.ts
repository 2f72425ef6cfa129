import { beforeEach, describe, expect, test } from "vitest";
import type { EngineClient } from "../../shared/contract/contract.ts";
import { AppError } from "../../shared/errors/appError.ts";
import type { EntryType } from "../../shared/models/entry.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { applyGoTo, emptyPane, paneStores } from "../stores/paneStore.ts";
import { folderIntents } from "./folderIntents.ts";

const place = { side: "remote", connectionId: "c" } as const;
const entry = (path: string, type: EntryType): PaneEntry => {
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const folder = path.slice(0, slash) || "/";
  return { place, folder, path, name, wireName: name, type, size: null, modifiedMs: null, permissions: null };
};

/** An engine that answers by name and remembers what it was asked. */
function createScene(answers: Record<string, (input: Record<string, unknown>) => unknown> = {}) {
  const asked: [string, Record<string, unknown>][] = [];
  const engine = {
    call: async (name: string, input: Record<string, unknown>) => {
      asked.push([name, input]);
      return answers[name]?.(input) ?? {};
    },
  } as unknown as EngineClient;
  return { asked, intents: folderIntents(engine, "remote"), pane: paneStores.remote };
}

beforeEach(() => paneStores.remote.setState(applyGoTo(emptyPane(place), "/www/blog")));

describe("entering", () => {
  test("a folder is gone to without asking", async () => {
    const { intents, asked, pane } = createScene();
    await expect(intents.enter(entry("/www/blog/2026", "directory"))).resolves.toBe("entered");
    expect(pane.getState().path).toBe("/www/blog/2026");
    expect(asked).toEqual([]);
  });

  test("a link is followed when it leads to a folder, and is a file when it does not", async () => {
    const toFolder = createScene({ "folders.resolve": () => ({ path: "/releases/7" }) });
    await expect(toFolder.intents.enter(entry("/www/blog/current", "symlink"))).resolves.toBe("entered");
    expect(toFolder.pane.getState().path).toBe("/releases/7");

    const toFile = createScene({
      "folders.resolve": () => {
        throw new AppError("not-a-directory", "a file");
      },
    });
    await expect(toFile.intents.enter(entry("/www/blog/note", "symlink"))).resolves.toBe("file");
  });

  test("a link that leads nowhere says so", async () => {
    const { intents } = createScene({
      "folders.resolve": () => {
        throw new AppError("not-found", "dangling");
      },
    });
    await expect(intents.enter(entry("/www/blog/gone", "symlink"))).rejects.toMatchObject({ kind: "not-found" });
  });
});

test("up goes to the parent and stands on the folder just left", () => {
  const { intents, pane } = createScene();
  const head = { path: "/www/blog", displayPath: "/www/blog", crumbs: [], parentPath: "/www" };
  pane.setState((state) => ({ ...state, head }));
  intents.goUp();
  expect(pane.getState()).toMatchObject({ path: "/www", wanted: "blog" });
});

test("entries of several folders are removed folder by folder, and counted together", async () => {
  const { intents, asked } = createScene({
    "jobs.remove": ({ wireNames }) => ({ done: (wireNames as string[]).length, failed: 0, isComplete: true }),
  });
  const removed = await intents.remove([
    entry("/www/a", "file"),
    entry("/www/blog/b", "file"),
    entry("/www/c", "directory"),
  ]);
  expect(removed).toEqual({ done: 3, failed: 0, isComplete: true });
  expect(asked).toEqual([
    ["jobs.remove", { place, path: "/www", wireNames: ["a", "c"] }],
    ["jobs.remove", { place, path: "/www/blog", wireNames: ["b"] }],
  ]);
});

test("a new folder is stood on, unless the pane has gone elsewhere meanwhile", async () => {
  const { intents, pane } = createScene({ "folders.create": () => ({ wireName: "fresh" }) });
  await intents.createFolder("fresh");
  expect(pane.getState().wanted).toBe("fresh");

  const away = createScene({
    "folders.create": () => {
      pane.setState((state) => applyGoTo(state, "/elsewhere"));
      return { wireName: "late" };
    },
  });
  await away.intents.createFolder("late");
  expect(pane.getState().wanted).toBeNull();
});

test("refresh reads the folder again, or asks for it anew after a failure", async () => {
  const { intents, asked, pane } = createScene();
  await intents.refresh();
  expect(asked).toEqual([["folders.refresh", { place, path: "/www/blog" }]]);
  pane.setState((state) => ({ ...state, phase: "failed" }));
  const before = pane.getState().asked;
  await intents.refresh();
  expect(pane.getState()).toMatchObject({ phase: "reading", asked: before + 1 });
});
