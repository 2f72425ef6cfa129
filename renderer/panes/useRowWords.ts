import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { EntryType } from "../../shared/models/entry.ts";
import { extensionOf } from "../stores/entryOrder.ts";

const longestExtension = 8; // "verylongending" is part of a name, not a type

/** The words of a row, looked up once for the whole list: a hook per row would subscribe a hundred times while scrolling. */
export type RowWords = {
  /** What the ".." row leads to. */
  readonly parent: string;
  /** What a type is called: "Folder", "Link", "PDF file". */
  readonly type: (type: EntryType, name: string) => string;
};

export function useRowWords(): RowWords {
  const { t } = useTranslation("panes");
  return useMemo(
    () => ({
      parent: t("parentFolder"),
      type: (type, name) => {
        if (type !== "file") return t(`types.${type}`);
        const extension = extensionOf(name);
        if (extension === "" || extension.length > longestExtension) return t("types.file");
        return t("types.withExtension", { extension: extension.toUpperCase() });
      },
    }),
    [t],
  );
}
