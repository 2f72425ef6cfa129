import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { toWireError } from "../../shared/errors/appError.ts";
import type { PermissionPlan } from "../../shared/models/permissions.ts";
import type { Side } from "../../shared/models/place.ts";
import type { TransferType } from "../../shared/models/settings.ts";
import { useEngine } from "../app/EngineContext.ts";
import { folderIntents, type JobOutcome } from "../intents/folderIntents.ts";
import { showUnderWay } from "../intents/showUnderWay.ts";
import { type DropWish, otherSide, transferIntents } from "../intents/transferIntents.ts";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import { entryAt, joinPath, type PaneEntry } from "../stores/paneEntry.ts";
import { applyRenaming, applyTrouble, paneStores } from "../stores/paneStore.ts";
import { parentRow } from "../stores/rowSelection.ts";
import { applyClipboard, applyDialog, applySpoken, type OpenDialog, useUiStore } from "../stores/uiStore.ts";

export type PaneActions = ReturnType<typeof usePaneActions>;

/** What keys, menus, buttons and drops do in one pane: the intent, what is said when it is done, and where a failure stands. */
export function usePaneActions(side: Side) {
  const engine = useEngine();
  const { t } = useTranslation("panes");

  return useMemo(() => {
    const folder = folderIntents(engine, side);
    const transfers = transferIntents(engine);
    const store = paneStores[side];

    const say = (text: string): void => useUiStore.setState((state) => applySpoken(state, text));
    const open = (dialog: OpenDialog): void => useUiStore.setState((state) => applyDialog(state, dialog));

    /** Does it; a failure stands in this pane. Returns whether it succeeded. */
    const attempt = async (heading: string, work: () => Promise<unknown>): Promise<boolean> => {
      store.setState((state) => (state.trouble === null ? state : applyTrouble(state, null)));
      try {
        await work();
        return true;
      } catch (thrown) {
        const error = toWireError(thrown);
        if (error.kind !== "cancelled") store.setState((state) => applyTrouble(state, { heading, error }));
        return false;
      }
    };

    /** A job: said when all of it is done; what is left undone stands in its own notice. */
    const finish = async (heading: string, begin: () => Promise<JobOutcome>, words: string): Promise<void> => {
      await attempt(heading, async () => {
        const { failed, isComplete } = await begin();
        if (isComplete && failed === 0) say(words);
      });
    };

    const selected = (): readonly PaneEntry[] => {
      const { place, rowsPath, columns, selection } = store.getState();
      if (place === null || rowsPath === null) return [];
      return [...selection.rows].sort((a, b) => a - b).map((row) => entryAt(place, rowsPath, columns, row));
    };

    const transfer = async (entries: readonly PaneEntry[], targetPath?: string, wish: DropWish = {}): Promise<void> => {
      const [first] = entries;
      if (first === undefined) return;
      const isUpload = first.place.side === "local";
      if (currentConnection(useConnectionStore.getState()) === null) return say(t("said.notConnected"));
      const isAdded = await attempt(t(isUpload ? "upload" : "download"), () =>
        transfers.transfer(entries, targetPath, wish),
      );
      if (isAdded && !wish.plansFirst)
        say(t(isUpload ? "said.uploadAdded" : "said.downloadAdded", { count: entries.length }));
    };

    const enter = async (entry: PaneEntry): Promise<void> => {
      await attempt(entry.name, async () => {
        if ((await folder.enter(entry)) === "file") await transfer([entry]);
      });
    };

    return {
      goTo: folder.goTo,
      goBack: folder.goBack,
      goForward: folder.goForward,
      goUp: folder.goUp,
      goToTyped: (text: string) => attempt(text, () => folder.goToTyped(text)),
      refresh: () => void attempt(t("refresh"), folder.refresh),
      selected,
      transfer: (entries: readonly PaneEntry[], targetPath?: string, wish?: DropWish) =>
        void transfer(entries, targetPath, wish),
      transferSelection: () => void transfer(selected()),
      /** Whatever the settings say about text. */
      transferSelectionAs: (type: TransferType) => void transfer(selected(), undefined, { transferType: type }),
      /** Shows what would happen, and waits for the user. */
      planSelection: () => void transfer(selected(), undefined, { plansFirst: true }),
      /** Enter or a double press: a folder opens, a file goes to the other side. */
      activate: (row: number) => {
        const { place, rowsPath, columns } = store.getState();
        if (row === parentRow) folder.goUp();
        else if (place !== null && rowsPath !== null) void enter(entryAt(place, rowsPath, columns, row));
      },
      createFolder: async (name: string) => {
        const isMade = await attempt(t("newFolderTitle"), () => folder.createFolder(name));
        if (isMade) say(t("said.folderCreated", { name }));
        return isMade;
      },
      rename: async (entry: PaneEntry, newName: string) => {
        const isDone = await attempt(t("rename"), () => folder.rename(entry, newName));
        if (isDone) say(t("said.renamed", { name: newName }));
      },
      remove: async (entries: readonly PaneEntry[]) => {
        const what = t("said.deleting", { count: entries.length, name: entries[0]?.name ?? "" });
        say(what);
        await finish(t("delete"), () => folder.remove(entries), t("said.deleted", { count: entries.length }));
      },
      /** `label` names the target for people. */
      move: async (entries: readonly PaneEntry[], targetPath: string, label: string) => {
        const heading = t("drag.move", { count: entries.length, name: entries[0]?.name ?? "", path: label });
        const isDone = await attempt(heading, () =>
          showUnderWay(heading, (signal) => folder.move(entries, targetPath, signal)),
        );
        if (isDone) say(t("said.moved", { count: entries.length }));
      },
      setPermissions: (entries: readonly PaneEntry[], plan: PermissionPlan) =>
        finish(
          t("permissions"),
          () => folder.setPermissions(entries, plan),
          t("said.permissionsSet", { count: entries.length }),
        ),
      copy: () => {
        const entries = selected();
        if (entries.length === 0) return;
        useUiStore.setState((state) => applyClipboard(state, { side, entries }));
        say(t("said.copied", { count: entries.length }));
      },
      /** Puts here what was copied on the other side. */
      paste: () => {
        const { clipboard } = useUiStore.getState();
        const path = store.getState().path;
        if (clipboard?.side !== otherSide(side) || path === null) return say(t("said.nothingToPaste"));
        void transfer(clipboard.entries, path);
      },
      copyPath: async (entries: readonly PaneEntry[]) => {
        const { head } = store.getState();
        if (head === null) return;
        // For people: a wire path would show the bytes of the name.
        const paths = entries.map(({ place, name }) => joinPath(place, head.displayPath, name));
        if (paths.length === 0) paths.push(head.displayPath);
        const isDone = await attempt(t("copyPath"), () => navigator.clipboard.writeText(paths.join("\n")));
        if (isDone) say(t("said.pathCopied"));
      },
      startRename: () => {
        const { selection } = store.getState();
        const row = selection.focus;
        if (row !== null && row !== parentRow && selection.rows.has(row)) {
          store.setState((state) => applyRenaming(state, row));
        }
      },
      askNewFolder: () => store.getState().path !== null && open({ kind: "newFolder", side }),
      askDelete: () => {
        const entries = selected();
        if (entries.length > 0) open({ kind: "delete", side, entries });
      },
      askChecksum: () => {
        const [entry] = selected();
        if (entry !== undefined) open({ kind: "checksum", entry });
      },
      askCreateLink: () => {
        const [entry] = selected();
        if (entry !== undefined) open({ kind: "createLink", entry });
      },
      createLink: async (entry: PaneEntry, name: string) => {
        const isMade = await attempt(t("createLink"), () => folder.createLink(entry, name));
        if (isMade) say(t("said.linkCreated", { name }));
      },
      /** Copies what is selected on the server, without transferring it. */
      duplicate: async () => {
        const [entry] = selected();
        if (entry === undefined) return;
        const isDone = await attempt(t("duplicate"), () => folder.duplicate(entry));
        if (isDone) say(t("said.duplicated", { name: entry.name }));
      },
      askCopyToSite: () => {
        const entries = selected();
        if (entries.length > 0) open({ kind: "copyToSite", entries });
      },
      copyToSite: async (entries: readonly PaneEntry[], target: { siteId: string; folder: string }) => {
        const what = t("said.copyingToSite", { count: entries.length, name: entries[0]?.name ?? "" });
        say(what);
        const isDone = await attempt(t("copyToSiteTitle"), () =>
          showUnderWay(what, (signal) => folder.copyToSite(entries, target, signal)),
        );
        if (isDone) say(t("said.copiedToSite", { count: entries.length }));
      },
      askPermissions: () => {
        const entries = selected();
        if (entries.length > 0) open({ kind: "permissions", side, entries });
      },
      focusList: () => focusList(side),
      focusOtherList: () => focusList(otherSide(side)),
    };
  }, [engine, side, t]);
}

/** Puts the keyboard into a pane's list. */
export function focusList(side: Side): void {
  document.querySelector<HTMLElement>(`.pane[data-side="${side}"] .file-list`)?.focus();
}
