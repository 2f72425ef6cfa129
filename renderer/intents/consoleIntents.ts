import type { EngineClient } from "../../shared/contract/contract.ts";
import type { ConsoleAnswer } from "../../shared/models/consoleCommand.ts";

/** What the console does. Promises reject with AppError; the conversation itself is read in the log. */
export type ConsoleIntents = {
  readonly run: (connectionId: string, line: string) => Promise<ConsoleAnswer>;
  /** The server is asked once per connection. */
  readonly offeredCommands: (connectionId: string) => Promise<readonly string[]>;
};

export function consoleIntents(engine: EngineClient): ConsoleIntents {
  let known: { readonly connectionId: string; readonly commands: readonly string[] } | null = null;
  return {
    run: (connectionId, line) => engine.call("connections.command", { connectionId, line }),
    offeredCommands: async (connectionId) => {
      if (known?.connectionId !== connectionId) {
        const { commands } = await engine.call("connections.offeredCommands", { connectionId });
        known = { connectionId, commands };
      }
      return known.commands;
    },
  };
}
