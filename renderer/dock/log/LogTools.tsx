import { Copy, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { reportFailure } from "../../intents/reportFailure.ts";
import { useDockStore } from "../../stores/dockStore.ts";
import { applyLogCleared, sessionsOf, useLogStore } from "../../stores/logStore.ts";
import { applySpoken, useUiStore } from "../../stores/uiStore.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Select } from "../../ui/Select.tsx";
import { logAsText } from "./logText.ts";
import { useLogWords } from "./useLogWords.ts";

const everybody = "*";

/** Which lines to show, and what to do with them. */
export function LogTools() {
  const { t } = useTranslation("dock");
  const words = useLogWords();
  const session = useDockStore((state) => state.logSession);
  const lines = useLogStore((state) => state.lines);
  const options = useMemo(() => {
    // A session that was asked for may not have said anything yet, or nothing any more.
    const sessions = new Set([...sessionsOf(lines), ...(session === null ? [] : [session])]);
    return [
      { value: everybody, label: t("logAllSessions") },
      ...[...sessions].map((value) => ({ value, label: value })),
    ];
  }, [lines, session, t]);

  const copy = async (): Promise<void> => {
    const shown = session === null ? lines : lines.filter((line) => line.session === session);
    await navigator.clipboard.writeText(logAsText(shown, words));
    useUiStore.setState((state) => applySpoken(state, t("logCopied")));
  };

  return (
    <>
      <Select
        label={t("logSession")}
        hidesLabel
        className="log-session-choice"
        value={session ?? everybody}
        options={options}
        onChange={(value) => useDockStore.setState({ logSession: value === everybody ? null : value, logLineId: null })}
      />
      <IconButton icon={Copy} label={t("logCopy")} onClick={() => reportFailure(copy(), t("logCopy"))} />
      <IconButton icon={Trash2} label={t("logClear")} onClick={() => useLogStore.setState(applyLogCleared)} />
    </>
  );
}
