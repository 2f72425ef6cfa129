import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { paneStores } from "../stores/paneStore.ts";
import { usePaneActions } from "./usePaneActions.ts";

export type PathFieldProps = { readonly side: Side; readonly onDone: () => void };

/** The path as text. Enter goes there when it exists, Escape leaves it. */
export function PathField({ side, onDone }: PathFieldProps) {
  const { t } = useTranslation("panes");
  const { goToTyped, focusList } = usePaneActions(side);
  const [text, setText] = useState(() => paneStores[side].getState().head?.displayPath ?? "");
  const [isChecking, setChecking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  const press = async (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      onDone();
      focusList();
    }
    if (event.key !== "Enter" || text.trim() === "") return;
    setChecking(true);
    const isThere = await goToTyped(text);
    setChecking(false);
    if (!isThere) return;
    onDone();
    focusList();
  };

  return (
    <input
      ref={field}
      className="input path-field"
      aria-label={t("path")}
      aria-busy={isChecking}
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => void press(event)}
      onBlur={() => !isChecking && onDone()}
    />
  );
}
