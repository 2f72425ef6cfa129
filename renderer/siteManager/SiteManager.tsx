import "./siteManager.css";
import { Copy, FolderPlus, Pencil, Plus, Search, Server, Trash2 } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEngine } from "../app/EngineContext.ts";
import { connectionIntents } from "../intents/connectionIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { type SiteTreeRow, toTreeRows } from "../stores/sitesStore.ts";
import { applyDialog, applySpoken, useUiStore } from "../stores/uiStore.ts";
import { Button } from "../ui/Button.tsx";
import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { TextField } from "../ui/TextField.tsx";
import { FolderForm } from "./FolderForm.tsx";
import { SiteForm } from "./SiteForm.tsx";
import { SiteTree } from "./SiteTree.tsx";
import { moveIntoFolderAbove, moveOneStep, moveOnto, type SiteMove, sitesInside } from "./siteMoves.ts";
import { useSaveKey } from "./useSaveKey.ts";
import { type Shown, useSiteEditor } from "./useSiteEditor.ts";

/** Saved sites on the left, the chosen one's settings on the right. Unsaved changes are never lost without a question. */
export function SiteManager({ siteId }: { readonly siteId: string | null }) {
  const { t } = useTranslation("siteManager");
  const engine = useEngine();
  const connections = useMemo(() => connectionIntents(engine), [engine]);
  const editor = useSiteEditor(siteId === null ? { type: "nothing" } : { type: "item", id: siteId });
  const { intents, tree, shown, site, folder, draft, isDirty } = editor;
  const [search, setSearch] = useState("");
  const [afterDiscard, setAfterDiscard] = useState<(() => void) | null>(null);
  const [removing, setRemoving] = useState<SiteTreeRow | null>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => toTreeRows(tree, search), [tree, search]);
  const hasSites = tree.sites.some(({ origin }) => origin !== "quick") || tree.folders.length > 0;
  const selectedRow = rows.find(({ id }) => shown.type === "item" && id === shown.id);
  const folderHere = folder?.id ?? site?.folderId ?? null;

  const close = (): void => useUiStore.setState((state) => applyDialog(state, null));
  /** Goes on at once, or after the question whether the changes may go. */
  const leave = (goOn: () => void): void => (isDirty ? setAfterDiscard(() => goOn) : goOn());
  const go = (next: Shown): void => {
    if (next.type === "item" && shown.type === "item" && next.id === shown.id) return;
    leave(() => editor.show(next));
  };
  const focusName = (): void => {
    editor.openTab("general");
    // The form of what was just chosen is drawn first.
    requestAnimationFrame(() => {
      nameField.current?.focus();
      nameField.current?.select();
    });
  };
  const attempt = (work: Promise<unknown>, tried: string): void => reportFailure(work, tried);

  const addSite = (): void =>
    leave(() => {
      setSearch("");
      editor.show({ type: "new", folderId: folderHere });
      focusName();
    });
  const addFolder = (): void =>
    leave(() => {
      setSearch("");
      const made = intents.createFolder(t("newFolderName"), folderHere).then((id) => {
        editor.show({ type: "item", id });
        focusName();
      });
      attempt(made, t("newFolder"));
    });
  const duplicate = (): void => {
    if (site === null) return;
    const { id } = site;
    leave(() =>
      attempt(
        intents.duplicate(id).then((copy) => editor.show({ type: "item", id: copy })),
        t("duplicate"),
      ),
    );
  };
  const remove = (row: SiteTreeRow): void => {
    attempt(row.type === "folder" ? intents.removeFolder(row.id) : intents.remove(row.id), t("remove"));
    editor.show({ type: "nothing" });
    setRemoving(null);
  };
  const saved = async (): Promise<string | null> => {
    const id = await editor.save();
    if (id === null) focusFirstError();
    return id;
  };
  const save = (): void =>
    attempt(
      saved().then((id) => id !== null && say(t("saved"))),
      t("save"),
    );
  const connectTo = (id: string): void => {
    attempt(connections.openSite(id), t("connect"));
    close();
  };
  const connect = (): void => {
    if (shown.type === "item" && site !== null && !isDirty) connectTo(site.id);
    else
      attempt(
        saved().then((id) => id !== null && connectTo(id)),
        t("connect"),
      );
  };
  const open = (row: SiteTreeRow): void => {
    if (row.type === "folder") attempt(intents.expandFolder(row.id, !row.folder.isExpanded), t("tree"));
    else if (shown.type === "item" && shown.id === row.id) connect();
    else leave(() => connectTo(row.id));
  };
  const move = (to: SiteMove | null): void => {
    if (to === null) return;
    const name = [...tree.folders, ...tree.sites].find(({ id }) => id === to.id)?.name ?? "";
    attempt(
      intents.move(to.id, to.folderId, to.beforeId).then(() => say(t("moved", { name }))),
      t("tree"),
    );
  };

  useSaveKey(() => {
    if (draft !== null && afterDiscard === null && removing === null) save();
  });

  return (
    <Dialog
      isOpen
      title={t("title")}
      size="large"
      onClose={() => leave(close)}
      actions={
        <>
          <Button onClick={() => leave(close)}>{t("close")}</Button>
          <Button disabled={draft === null || (shown.type === "item" && !isDirty)} onClick={save}>
            {t("save")}
          </Button>
          <Button kind="primary" disabled={draft === null} onClick={connect}>
            {t("connect")}
          </Button>
        </>
      }
    >
      <div className="site-manager">
        <div className="site-side">
          <div className="site-search">
            <Search size={14} aria-hidden />
            <TextField
              type="search"
              label={t("search")}
              hidesLabel
              placeholder={t("search")}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
          <SiteTree
            rows={rows}
            selectedId={shown.type === "item" ? shown.id : null}
            isSearching={search.trim() !== ""}
            onSelect={(row) => go({ type: "item", id: row.id })}
            onOpen={open}
            onExpand={(row, isExpanded) => attempt(intents.expandFolder(row.id, isExpanded), t("tree"))}
            onRename={focusName}
            onRemove={setRemoving}
            onStep={(row, way) =>
              move(
                way === "into" ? moveIntoFolderAbove(tree, row.id) : moveOneStep(tree, row.id, way === "up" ? -1 : 1),
              )
            }
            onDrop={(id, target, zone) => move(moveOnto(tree, id, target.id, zone))}
          />
          {search !== "" && rows.length === 0 ? (
            <p className="site-none">{t("searchEmpty", { text: search })}</p>
          ) : null}
          <div className="site-tools">
            <Button onClick={addSite}>
              <Plus size={14} aria-hidden />
              {t("newSite")}
            </Button>
            <IconButton icon={FolderPlus} label={t("newFolder")} onClick={addFolder} />
            <IconButton icon={Copy} label={t("duplicate")} disabled={site === null} onClick={duplicate} />
            <IconButton
              icon={Pencil}
              label={t("rename")}
              shortcut="F2"
              disabled={selectedRow === undefined}
              onClick={focusName}
            />
            <IconButton
              icon={Trash2}
              label={t("remove")}
              shortcut="Del"
              disabled={selectedRow === undefined}
              onClick={() => setRemoving(selectedRow ?? null)}
            />
          </div>
        </div>
        <div className="site-main">
          {draft !== null ? (
            <SiteForm
              key={shown.type === "item" ? shown.id : shown.type}
              draft={draft}
              hasPassword={site?.hasPassword ?? false}
              hasAccount={site?.hasAccount ?? false}
              errors={editor.errors}
              tab={editor.tab}
              onTab={editor.openTab}
              nameField={nameField}
              onChange={editor.edit}
            />
          ) : folder !== null ? (
            <FolderForm
              key={folder.id}
              folder={folder}
              nameField={nameField}
              onRename={(name) => attempt(intents.renameFolder(folder.id, name), t("rename"))}
            />
          ) : (
            <EmptyState
              icon={Server}
              title={hasSites ? t("nothingChosenTitle") : t("emptyTitle")}
              text={hasSites ? t("nothingChosenText") : t("emptyText")}
            >
              {hasSites ? null : <Button onClick={addSite}>{t("emptyAdd")}</Button>}
            </EmptyState>
          )}
        </div>
      </div>
      <ConfirmDialog
        isOpen={afterDiscard !== null}
        title={t("leaveTitle", { name: draft?.name ?? "" })}
        description={t("leaveText")}
        confirmLabel={t("discard")}
        isDangerous
        onCancel={() => setAfterDiscard(null)}
        onConfirm={() => {
          afterDiscard?.();
          setAfterDiscard(null);
        }}
      />
      <ConfirmDialog
        isOpen={removing !== null}
        {...removalWords(removing)}
        confirmLabel={t("remove")}
        isDangerous
        onCancel={() => setRemoving(null)}
        onConfirm={() => removing && remove(removing)}
      />
    </Dialog>
  );

  function removalWords(row: SiteTreeRow | null): { title: string; description: string } {
    if (row === null) return { title: "", description: "" };
    if (row.type === "site") {
      return { title: t("removeSiteTitle", { name: row.site.name }), description: t("removeSiteText") };
    }
    const count = sitesInside(tree, row.id);
    return {
      title: t("removeFolderTitle", { name: row.folder.name }),
      description: t("removeFolderText", { count }),
    };
  }
}

/** The marks are drawn first. */
function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".site-form [aria-invalid=true]")?.focus());
}

function say(text: string): void {
  useUiStore.setState((state) => applySpoken(state, text));
}
