import { describe, expect, test, vi } from "vitest";
import type { FolderNews } from "../../shared/contract/browse.ts";
import type { EngineClient } from "../../shared/contract/contract.ts";
import { AppError } from "../../shared/errors/appError.ts";
import { localPlace } from "../../shared/models/place.ts";
import { noColumns } from "../stores/columns.ts";
import { applyGoTo, createPaneStore, emptyPane } from "../stores/paneStore.ts";
import { bindPane } from "./bindPane.ts";

type Opened = {
  readonly path: string;
  readonly tell: (news: FolderNews) => void;
  readonly fail: (error: Error) => void;
  isOpen: boolean;
};

function createScene() {
  const opened: Opened[] = [];
  const engine = {
    open: (_name: string, { path }: { path: string }, tell: Opened["tell"], fail: Opened["fail"]) => {
      const stream: Opened = { path, tell, fail, isOpen: true };
      opened.push(stream);
      return () => {
        stream.isOpen = false;
      };
    },
  } as unknown as EngineClient;
  const store = createPaneStore(localPlace);
  const stop = bindPane(engine, store);
  return { opened, store, stop, goTo: (path: string) => store.setState((state) => applyGoTo(state, path)) };
}

const beginning = (path: string): FolderNews => ({
  state: "begin",
  revision: 1,
  path,
  displayPath: path,
  crumbs: [{ label: "/", path: "/" }],
  parentPath: "/",
});
const row = (name: string): FolderNews => ({
  state: "rows",
  revision: 1,
  columns: { ...noColumns, names: [name], types: "f" },
});

describe("bindPane", () => {
  test("watches the folder asked for and lets go of the one before", () => {
    const { opened, goTo } = createScene();
    goTo("/a");
    goTo("/b");
    expect(opened.map(({ path, isOpen }) => [path, isOpen])).toEqual([
      ["/a", false],
      ["/b", true],
    ]);
  });

  test("gathers rows for a frame, and an end brings them at once", async () => {
    const { opened, store, goTo } = createScene();
    const drawn = vi.fn();
    goTo("/a");
    opened[0]?.tell(beginning("/a"));
    store.subscribe(drawn);
    for (const name of ["1", "2", "3"]) opened[0]?.tell(row(name));
    expect(drawn).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(store.getState().columns.names).toEqual(["1", "2", "3"]));
    expect(drawn).toHaveBeenCalledOnce();
    opened[0]?.tell(row("4"));
    opened[0]?.tell({ state: "end", revision: 1 });
    expect(store.getState()).toMatchObject({ phase: "ready", columns: { names: ["1", "2", "3", "4"] } });
  });

  test("rows gathered for a folder that was left never reach the next one", async () => {
    const { opened, store, goTo } = createScene();
    goTo("/a");
    opened[0]?.tell(beginning("/a"));
    opened[0]?.tell(row("late"));
    goTo("/b");
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(store.getState().columns.names).toEqual([]);
  });

  test("a stream that breaks leaves its reason in the pane", () => {
    const { opened, store, goTo } = createScene();
    goTo("/a");
    opened[0]?.fail(new AppError("connection-lost", "gone"));
    expect(store.getState()).toMatchObject({ phase: "failed", error: { kind: "connection-lost" } });
  });

  test("a failed folder asked for again is watched anew", () => {
    const { opened, goTo } = createScene();
    goTo("/a");
    opened[0]?.fail(new AppError("connection-lost", "gone"));
    goTo("/a");
    expect(opened).toHaveLength(2);
  });

  test("no place, no stream: the watch ends with the connection", () => {
    const { opened, store, goTo, stop } = createScene();
    goTo("/a");
    store.setState(emptyPane(null));
    expect(opened.map(({ isOpen }) => isOpen)).toEqual([false]);
    stop();
    store.setState((state) => applyGoTo({ ...state, place: localPlace }, "/c"));
    expect(opened).toHaveLength(1);
  });
});
