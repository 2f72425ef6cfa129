import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueueFilter } from "../../../shared/models/transfer.ts";
import { applyWish, useQueueStore } from "../../stores/queueStore.ts";
import { applySpoken, useUiStore } from "../../stores/uiStore.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TextField } from "../../ui/TextField.tsx";

const restMs = 200; // between two keys of somebody who types

const search = (filter: QueueFilter, text: string): void =>
  useQueueStore.setState((state) => applyWish(state, filter, { search: text }));

/** Shows of a tab only what holds the text in its paths. How many there are is said once they are found. */
export function QueueSearch({ filter }: { readonly filter: QueueFilter }) {
  const { t } = useTranslation("dock");
  const wanted = useQueueStore((state) => state.wishes[filter].search);
  const [text, setText] = useState(wanted);
  useEffect(() => setText(wanted), [wanted]);
  useEffect(() => {
    if (text === wanted) return;
    const timer = setTimeout(() => search(filter, text), restMs);
    return () => clearTimeout(timer);
  }, [text, wanted, filter]);
  useSpokenCount(filter, wanted);
  return (
    <TextField
      type="search"
      className="queue-search"
      label={t("search")}
      hidesLabel
      placeholder={t("searchPlaceholder")}
      title={t("searchHint")}
      maxLength={1_000}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && text !== "") {
          event.preventDefault();
          event.stopPropagation();
          search(filter, "");
          setText("");
        } else if (event.key === "Enter" || event.key === "ArrowDown") {
          event.preventDefault();
          search(filter, text);
          document.querySelector<HTMLElement>(".queue[role=grid]")?.focus();
        }
      }}
    />
  );
}

export function focusSearch(): void {
  document.querySelector<HTMLElement>(".queue-search input")?.focus();
}

/** Stands in the place of the rows while a search has found none. */
export function NothingFound({ filter }: { readonly filter: QueueFilter }) {
  const { t } = useTranslation("dock");
  const wanted = useQueueStore((state) => state.wishes[filter].search);
  const isFinding = useQueueStore((state) => state.windows[filter].isFinding);
  if (isFinding) return <EmptyState icon={Search} title={t("searching")} />;
  return (
    <EmptyState icon={Search} title={t("nothingFound", { search: wanted.trim() })}>
      <Button onClick={() => search(filter, "")}>{t("clearSearch")}</Button>
    </EmptyState>
  );
}

function useSpokenCount(filter: QueueFilter, wanted: string): void {
  const { t } = useTranslation("dock");
  const isFinding = useQueueStore((state) => state.windows[filter].isFinding);
  useEffect(() => {
    if (wanted.trim() === "" || isFinding) return;
    const count = useQueueStore.getState().windows[filter].total;
    useUiStore.setState((state) => applySpoken(state, t("searchFound", { count })));
  }, [wanted, isFinding, filter, t]);
}
