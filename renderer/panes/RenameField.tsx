import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { typedNameSchema } from "../../shared/models/place.ts";
import { extensionOf } from "../stores/entryOrder.ts";
import { entryAt } from "../stores/paneEntry.ts";
import { applyRenaming, paneStores } from "../stores/paneStore.ts";
import { usePaneActions } from "./usePaneActions.ts";

export type RenameFieldProps = { readonly side: Side; readonly row: number };

/** The name as a field, in its row. Enter or leaving it renames, Escape does not. */
export function RenameField({ side, row }: RenameFieldProps) {
  const { t } = useTranslation("panes");
  const actions = usePaneActions(side);
  const before = paneStores[side].getState().columns.names[row] ?? "";
  const [name, setName] = useState(before);
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const isValid = typedNameSchema.safeParse(name).success;

  useEffect(() => {
    const extension = extensionOf(before);
    field.current?.focus();
    field.current?.setSelectionRange(0, before.length - (extension === "" ? 0 : extension.length + 1));
  }, [before]);

  const finish = (renames: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    const { place, rowsPath, columns } = paneStores[side].getState();
    paneStores[side].setState((state) => applyRenaming(state, null));
    if (!renames || !isValid || name === before || place === null || rowsPath === null) return;
    void actions.rename(entryAt(place, rowsPath, columns, row), name);
  };

  const press = (event: KeyboardEvent): void => {
    event.stopPropagation(); // letters here are no commands
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.key === "Enter" && !isValid) return;
    event.preventDefault();
    finish(event.key === "Enter");
    actions.focusList();
  };

  return (
    <input
      ref={field}
      className="input rename-field"
      aria-label={t("renameField")}
      aria-invalid={isValid ? undefined : true}
      title={isValid ? undefined : t("nameWrong")}
      spellCheck={false}
      autoComplete="off"
      value={name}
      onChange={(event) => setName(event.target.value)}
      onKeyDown={press}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onContextMenu={(event) => event.stopPropagation()}
      onBlur={() => finish(true)}
    />
  );
}
