import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { currentConnection, useConnectionStore } from "../../stores/connectionStore.ts";
import { applyConsoleStep, useConsoleStore } from "../../stores/consoleStore.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useConsole } from "./useConsole.ts";

/** The console: a command line to the server, below what it answers. Up and down walk the history, Tab completes. */
export function ConsoleLine() {
  const { t } = useTranslation("dock");
  const connection = useConnectionStore(currentConnection);
  const isConnected = connection?.status.state === "connected";
  const text = useConsoleStore((state) => state.text);
  const { asked, trouble, candidates, write, submit, confirm, cancel, complete } = useConsole(connection?.id ?? null);
  const noteId = useId();
  const note = trouble ?? (candidates.length > 0 ? candidates.join("  ") : null);

  const press = (event: KeyboardEvent): void => {
    const hasModifier = event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
    if (hasModifier || event.nativeEvent.isComposing) return;
    if (event.key === "Enter") submit(text);
    else if (event.key === "ArrowUp") useConsoleStore.setState((state) => applyConsoleStep(state, "back"));
    else if (event.key === "ArrowDown") useConsoleStore.setState((state) => applyConsoleStep(state, "forth"));
    // An empty field lets the keyboard pass on to what follows.
    else if (event.key === "Tab" && text !== "") void complete(text);
    else return;
    event.preventDefault();
  };

  return (
    <div className="console">
      {note === null ? null : (
        <p id={noteId} className="console-note" data-tone={trouble === null ? "plain" : "trouble"} role="status">
          {note}
        </p>
      )}
      <div className="console-line">
        <ChevronRight size={14} aria-hidden />
        <input
          className="console-input"
          aria-label={t("console")}
          aria-describedby={note === null ? undefined : noteId}
          placeholder={t(isConnected ? "consoleHint" : "consoleNotConnected")}
          disabled={!isConnected}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          maxLength={4096}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={press}
        />
      </div>
      <ConfirmDialog
        isOpen={asked !== null}
        title={t("consoleAskTitle")}
        description={t("consoleAskText", { site: connection?.siteName ?? "" })}
        confirmLabel={t("consoleSend")}
        isDangerous
        onConfirm={confirm}
        onCancel={cancel}
      >
        <pre className="mono selectable console-asked">{asked}</pre>
      </ConfirmDialog>
    </div>
  );
}
