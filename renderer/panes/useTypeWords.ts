import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { EntryType } from "../../shared/models/entry.ts";
import { extensionOf } from "../stores/entryOrder.ts";

const longestExtension = 8; // "verylongending" is part of a name, not a type

/** What a type is called: "Folder", "Link", "PDF file". */
export function useTypeWords(): (type: EntryType, name: string) => string {
  const { t } = useTranslation("panes");
  return useMemo(
    () => (type, name) => {
      if (type !== "file") return t(`types.${type}`);
      const extension = extensionOf(name);
      if (extension === "" || extension.length > longestExtension) return t("types.file");
      return t("types.withExtension", { extension: extension.toUpperCase() });
    },
    [t],
  );
}
