import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { toWireError } from "../../../shared/errors/appError.ts";
import { judgeCommand, splitCommand } from "../../../shared/models/consoleCommand.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { describeError } from "../../i18n/describeError.ts";
import { consoleIntents } from "../../intents/consoleIntents.ts";
import { applyConsoleRun, applyConsoleText, useConsoleStore } from "../../stores/consoleStore.ts";
import { completeCommand } from "./completeCommand.ts";

/** What the console's field does with a line: judge it, ask where it changes something, run it, complete it. */
export function useConsole(connectionId: string | null) {
  const engine = useEngine();
  const { t, i18n } = useTranslation("dock");
  const intents = useMemo(() => consoleIntents(engine), [engine]);
  /** A line that waits for a yes. */
  const [asked, setAsked] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [candidates, setCandidates] = useState<readonly string[]>([]);

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setTrouble(null);
    setCandidates([]);
    try {
      await work();
    } catch (thrown) {
      const error = toWireError(thrown);
      if (error.kind !== "cancelled") setTrouble(describeError(error, i18n).title);
    }
  };

  const run = (line: string): Promise<void> =>
    attempt(async () => {
      setAsked(null);
      if (connectionId === null) return;
      useConsoleStore.setState((state) => applyConsoleRun(state, line));
      await intents.run(connectionId, line);
    });

  return {
    asked,
    trouble,
    candidates,
    write: (text: string) => {
      setTrouble(null);
      setCandidates([]);
      useConsoleStore.setState((state) => applyConsoleText(state, text));
    },
    submit: (line: string) => {
      if (line.trim() === "") return;
      const verdict = judgeCommand(line);
      if (verdict.kind === "refuse") {
        setTrouble(t(`consoleRefusal.${verdict.reason}`, { command: splitCommand(line).verb }));
      } else if (verdict.kind === "confirm") setAsked(line);
      else void run(line);
    },
    confirm: () => {
      if (asked !== null) void run(asked);
    },
    cancel: () => setAsked(null),
    complete: (line: string) =>
      attempt(async () => {
        if (connectionId === null) return;
        const completion = completeCommand(line, await intents.offeredCommands(connectionId));
        useConsoleStore.setState((state) => (state.text === line ? applyConsoleText(state, completion.line) : state));
        setCandidates(completion.candidates);
      }),
  };
}
