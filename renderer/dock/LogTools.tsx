import { Copy, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { reportFailure } from "../intents/reportFailure.ts";
import { applyLogCleared, sessionsOf, useLogStore } from "../stores/logStore.ts";
import { applySpoken, useUiStore } from "../stores/uiStore.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { Select } from "../ui/Select.tsx";
import { logAsText } from "./logText.ts";
import { useLogWords } from "./useLogWords.ts";

export type LogToolsProps = {
  /** Whose lines are shown; null: everybody's. */
  readonly session: string | null;
  readonly onSession: (session: string | null) => void;
};

const everybody = "*";

/** Which lines to show, and what to do with them. */
export function LogTools({ session, onSession }: LogToolsProps) {
  const { t } = useTranslation("dock");
  const words = useLogWords();
  const lines = useLogStore((state) => state.lines);
  const options = useMemo(
    () => [
      { value: everybody, label: t("logAllSessions") },
      ...sessionsOf(lines).map((value) => ({ value, label: value })),
    ],
    [lines, t],
  );

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
        onChange={(value) => onSession(value === everybody ? null : value)}
      />
      <IconButton icon={Copy} label={t("logCopy")} onClick={() => reportFailure(copy(), t("logCopy"))} />
      <IconButton icon={Trash2} label={t("logClear")} onClick={() => useLogStore.setState(applyLogCleared)} />
    </>
  );
}
