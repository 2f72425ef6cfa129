import { spawn } from "node:child_process";
import { toAppError } from "../../../shared/errors/appError.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { Endings, SessionLog } from "../ports.ts";

export type WhenFinishedParts = {
  readonly settings: { readonly get: () => Settings; readonly change: (change: Partial<Settings>) => void };
  readonly endings: Endings;
  readonly log: Pick<SessionLog, "status" | "error">;
  readonly runCommand?: (command: string) => Promise<void>;
};

/**
 * Does what the user wants when the queue is finished. News and sounds are the window's. To quit and to sleep are wanted once: the wish
 * is forgotten before it is fulfilled, or the next start would end at its first transfer.
 */
export function doWhenFinished({ settings, endings, log, runCommand = runInShell }: WhenFinishedParts): () => void {
  const attempt = (what: string, act: () => void | Promise<void>) => {
    log.status(`The queue is finished: ${what}`);
    const acted = async () => act();
    acted().catch((error: unknown) => log.error(`The queue is finished, but: ${toAppError(error).message}`));
  };
  return () => {
    const { whenFinished, finishedCommand } = settings.get();
    switch (whenFinished) {
      case "nothing":
      case "notify":
      case "sound":
        return;
      case "command":
        if (finishedCommand.trim() !== "")
          attempt("running the command of the settings", () => runCommand(finishedCommand));
        return;
      case "quit":
      case "sleep": {
        const act = endings[whenFinished];
        if (act === undefined) return;
        settings.change({ whenFinished: "notify" });
        return attempt(whenFinished === "quit" ? "quitting" : "going to sleep", act);
      }
    }
  };
}

/**
 * Runs a command in the system's shell, as the user wrote it: nothing of a server's, no name and no path, becomes part of it. It lives on
 * when Portside ends. Rejects when it could not be begun or did not end with 0.
 */
function runInShell(command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, detached: true, stdio: "ignore", windowsHide: true });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`the command ended with ${code ?? signal}`));
    });
    child.unref();
  });
}
