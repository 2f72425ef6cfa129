import type { EngineClient } from "../../shared/contract/contract.ts";
import { connectionIntents } from "../intents/connectionIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";

/** `--demo`: both panes are full at once. A window that is only reloaded keeps the connection it has. */
export function openDemoAtStart(engine: EngineClient, heading: string): void {
  const stop = engine.open("connections.watch", {}, ({ connections }) => {
    stop();
    const isUsed = connections.some(({ status }) => status.state !== "closed" && status.state !== "failed");
    if (!isUsed) reportFailure(connectionIntents(engine).openDemo(), heading);
  });
}
