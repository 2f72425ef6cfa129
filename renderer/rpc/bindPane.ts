import type { StoreApi } from "zustand";
import type { FolderNews } from "../../shared/contract/browse.ts";
import type { EngineClient } from "../../shared/contract/contract.ts";
import { toWireError } from "../../shared/errors/appError.ts";
import { applyFolderNews, type PaneState } from "../stores/paneStore.ts";

const gatherMs = 16; // one frame: a large listing comes in dozens of batches, and each drawing costs

/** Watches the folder a pane asks for, and stops watching the one it left. Returns the end of it. */
export function bindPane(engine: EngineClient, store: StoreApi<PaneState>): () => void {
  let stopWatching = (): void => {};

  const watch = ({ place, path }: PaneState): void => {
    stopWatching();
    if (place === null || path === null) {
      stopWatching = () => {};
      return;
    }
    const gatherer = gatherNews((news) => store.setState((state) => news.reduce(applyFolderNews, state)));
    const stop = engine.open("folders.watch", { place, path }, gatherer.take, (thrown) => {
      const { revision } = store.getState();
      gatherer.take({ state: "error", revision, error: toWireError(thrown) });
    });
    stopWatching = () => {
      gatherer.drop();
      stop();
    };
  };

  watch(store.getState());
  const unsubscribe = store.subscribe((state, before) => {
    if (state.place !== before.place || state.asked !== before.asked) watch(state);
  });
  return () => {
    unsubscribe();
    stopWatching();
  };
}

/** Rows are gathered for a frame; beginnings and ends go through at once, with whatever was gathered before them. */
function gatherNews(pass: (news: FolderNews[]) => void) {
  let gathered: FolderNews[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const news = gathered;
    gathered = [];
    if (news.length > 0) pass(news);
  };
  return {
    take: (news: FolderNews): void => {
      gathered.push(news);
      if (news.state !== "rows") flush();
      else timer ??= setTimeout(flush, gatherMs);
    },
    drop: (): void => {
      clearTimeout(timer);
      gathered = [];
    },
  };
}
