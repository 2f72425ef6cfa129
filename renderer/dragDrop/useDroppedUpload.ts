import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEngine } from "../app/EngineContext.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { type DropWish, transferIntents } from "../intents/transferIntents.ts";
import { useAppStore } from "../stores/appStore.ts";
import { applyNotice, applyNoticeGone, applySpoken, nextWorkId, useUiStore } from "../stores/uiStore.ts";
import type { Dropped } from "./dropped.ts";
import type { FolderTarget } from "./planDrop.ts";
import { type StagedDrop, stageDropped } from "./stageDropped.ts";

/** Uploads what was dropped from the operating system; on the local side it says where such a drop belongs. */
export function useDroppedUpload(): (dropped: Dropped, target: FolderTarget, wish: DropWish) => void {
  const engine = useEngine();
  const { t } = useTranslation("panes");

  return useMemo(() => {
    const note = (id: number, text: string, cancel: (() => void) | null): void =>
      useUiStore.setState((state) => applyNotice(state, { id, text, error: null, cancel }));
    const say = (text: string): void => useUiStore.setState((state) => applySpoken(state, text));

    /** Paths where the host can name them, staged copies where it cannot. */
    const toSources = async ({ files, entries, unreadable }: Dropped): Promise<StagedDrop> => {
      const { portside } = window;
      const paths = portside ? files.map((file) => portside.pathForFile(file)).filter((path) => path !== "") : [];
      if (useAppStore.getState().facts?.fileDrop === "paths") {
        const sources = paths.length === 0 ? [] : (await engine.call("local.describe", { paths })).sources;
        return { sources, abandon: async () => {} };
      }
      if (unreadable.length > 0) {
        const names = unreadable.map((name) => name || t("said.dropNameless")).join(", ");
        note(nextWorkId(), t("said.dropSkipped", { count: unreadable.length, names }), null);
      }
      const stop = new AbortController();
      const id = nextWorkId();
      const cancel = (): void => stop.abort();
      note(id, t("preparingCounting"), cancel);
      const onProgress = (done: number, total: number): void => note(id, t("preparing", { done, total }), cancel);
      try {
        return await stageDropped(
          entries,
          { engine, send: (...request) => fetch(...request), onProgress },
          stop.signal,
        );
      } finally {
        useUiStore.setState((state) => applyNoticeGone(state, id));
      }
    };

    return (dropped, target, wish) => {
      if (target.side === "local") {
        note(nextWorkId(), t("said.dropOnRemote"), null);
        return say(t("said.dropOnRemote"));
      }
      const work = async (): Promise<void> => {
        const upload = transferIntents(engine).prepareUpload(target.path, wish);
        const { sources, abandon } = await toSources(dropped);
        if (sources.length === 0) {
          await abandon();
          return say(t("said.dropEmpty"));
        }
        await upload(sources).catch(async (error: unknown) => {
          await abandon();
          throw error;
        });
        if (!wish.plansFirst) say(t("said.dropDone", { count: sources.length }));
      };
      reportFailure(work(), t("upload"));
    };
  }, [engine, t]);
}
