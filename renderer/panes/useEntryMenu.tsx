import {
  ArrowRightLeft,
  ClipboardPaste,
  Copy,
  CopyPlus,
  CornerUpRight,
  Download,
  FolderOpen,
  FolderPlus,
  Hash,
  KeyRound,
  Link2,
  ListChecks,
  Pencil,
  RefreshCw,
  Trash2,
  Upload,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { entryTypeAt } from "../../shared/models/entry.ts";
import type { Side } from "../../shared/models/place.ts";
import { keysOf } from "../commands/shortcuts.ts";
import { otherSide } from "../intents/transferIntents.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { copyTargets, useSitesStore } from "../stores/sitesStore.ts";
import { useUiStore } from "../stores/uiStore.ts";
import type { MenuItem } from "../ui/menuItem.ts";
import type { PaneActions } from "./usePaneActions.ts";
import { useShownConnection } from "./useShownConnection.ts";

/** What can be done with the selection, or with the folder when nothing is selected. */
export function useEntryMenu(side: Side, actions: PaneActions): readonly MenuItem[] {
  const { t } = useTranslation("panes");
  const count = usePaneStore(side, (state) => state.selection.rows.size);
  const focus = usePaneStore(side, (state) => state.selection.focus);
  const canPaste = useUiStore((state) => state.clipboard?.side === otherSide(side));
  const connection = useShownConnection();
  const siteId = connection?.siteId ?? null;
  const status = connection?.status;
  const isConnected = status?.state === "connected";
  const offers = isConnected ? status.offers : { checksum: false, copy: false, createLink: false };
  const hasOtherSite = useSitesStore(({ sites }) => copyTargets(sites, siteId).length > 0);
  const isFile = usePaneStore(side, ({ columns, selection }) => {
    const [row] = selection.rows;
    return row !== undefined && entryTypeAt(columns, row) === "file";
  });

  const paste: MenuItem = {
    kind: "action",
    label: t("paste"),
    glyph: <ClipboardPaste size={14} aria-hidden />,
    shortcut: keysOf("paste"),
    isDisabled: !canPaste,
    run: actions.paste,
  };
  const folderItems: readonly MenuItem[] = [
    {
      kind: "action",
      label: t("newFolder"),
      glyph: <FolderPlus size={14} aria-hidden />,
      shortcut: keysOf("newFolder"),
      run: actions.askNewFolder,
    },
    {
      kind: "action",
      label: t("refresh"),
      glyph: <RefreshCw size={14} aria-hidden />,
      shortcut: keysOf("refresh"),
      run: actions.refresh,
    },
  ];
  const copyPath: MenuItem = {
    kind: "action",
    label: t("copyPath"),
    glyph: <Link2 size={14} aria-hidden />,
    run: () => void actions.copyPath(actions.selected()),
  };
  if (count === 0) return [paste, { kind: "separator" }, ...folderItems, copyPath];

  const serverItems: readonly MenuItem[] = [
    {
      kind: "action",
      label: t("duplicate"),
      glyph: <CopyPlus size={14} aria-hidden />,
      isDisabled: count !== 1 || !offers.copy,
      run: () => void actions.duplicate(),
    },
    {
      kind: "action",
      label: t("copyToSite"),
      glyph: <ArrowRightLeft size={14} aria-hidden />,
      isDisabled: !isConnected || !hasOtherSite,
      run: actions.askCopyToSite,
    },
    {
      kind: "action",
      label: t("createLink"),
      glyph: <CornerUpRight size={14} aria-hidden />,
      isDisabled: count !== 1 || !offers.createLink,
      run: actions.askCreateLink,
    },
    {
      kind: "action",
      label: t("checksum"),
      glyph: <Hash size={14} aria-hidden />,
      isDisabled: count !== 1 || !isFile || !offers.checksum,
      run: actions.askChecksum,
    },
  ];
  const transferAs: MenuItem = {
    kind: "submenu",
    label: t(side === "local" ? "uploadAs" : "downloadAs"),
    isDisabled: !isConnected,
    items: [
      { kind: "action", label: t("asText"), run: () => actions.transferSelectionAs("ascii") },
      { kind: "action", label: t("asBytes"), run: () => actions.transferSelectionAs("binary") },
    ],
  };
  const TransferGlyph = side === "local" ? Upload : Download;
  return [
    {
      kind: "action",
      label: side === "local" ? t("upload") : t("download"),
      glyph: <TransferGlyph size={14} aria-hidden />,
      shortcut: keysOf("transfer"),
      isDisabled: !isConnected,
      run: actions.transferSelection,
    },
    {
      kind: "action",
      label: t(side === "local" ? "planUpload" : "planDownload"),
      glyph: <ListChecks size={14} aria-hidden />,
      shortcut: keysOf("plan"),
      isDisabled: !isConnected,
      run: actions.planSelection,
    },
    transferAs,
    {
      kind: "action",
      label: t("open"),
      glyph: <FolderOpen size={14} aria-hidden />,
      shortcut: "Enter",
      isDisabled: count !== 1,
      run: () => focus !== null && actions.activate(focus),
    },
    { kind: "separator" },
    {
      kind: "action",
      label: t("copy"),
      glyph: <Copy size={14} aria-hidden />,
      shortcut: keysOf("copy"),
      run: actions.copy,
    },
    paste,
    copyPath,
    { kind: "separator" },
    {
      kind: "action",
      label: t("rename"),
      glyph: <Pencil size={14} aria-hidden />,
      shortcut: keysOf("rename"),
      isDisabled: count !== 1,
      run: actions.startRename,
    },
    ...(side === "remote" ? serverItems : []),
    { kind: "action", label: t("permissions"), glyph: <KeyRound size={14} aria-hidden />, run: actions.askPermissions },
    {
      kind: "action",
      label: t("delete"),
      glyph: <Trash2 size={14} aria-hidden />,
      shortcut: keysOf("delete"),
      isDangerous: true,
      run: actions.askDelete,
    },
    { kind: "separator" },
    ...folderItems,
  ];
}
