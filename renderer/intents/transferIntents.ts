import type { EngineClient } from "../../shared/contract/contract.ts";
import type { TransferSource } from "../../shared/contract/queue.ts";
import { AppError } from "../../shared/errors/appError.ts";
import type { Side } from "../../shared/models/place.ts";
import type { Direction } from "../../shared/models/transfer.ts";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { paneStores } from "../stores/paneStore.ts";

export type TransferIntents = {
  /** Puts entries of one side into a folder of the other, or into the folder shown there. Resolves when the queue has them. */
  readonly transfer: (entries: readonly PaneEntry[], targetPath?: string) => Promise<void>;
  /** Uploads what the engine knows by local path. */
  readonly upload: (sources: readonly TransferSource[], targetPath: string) => Promise<void>;
};

export function transferIntents(engine: EngineClient): TransferIntents {
  async function add(direction: Direction, sources: readonly TransferSource[], targetPath: string): Promise<void> {
    const connection = currentConnection(useConnectionStore.getState());
    if (connection === null) throw new AppError("invalid-input", "No server is connected.");
    await engine.call("queue.add", { direction, connectionId: connection.id, sources: [...sources], targetPath });
  }

  return {
    transfer: async (entries, targetPath) => {
      const [first] = entries;
      if (first === undefined) return;
      const target = targetPath ?? paneStores[otherSide(first.place.side)].getState().path;
      if (target === null) throw new AppError("invalid-input", "The other pane shows no folder.");
      await add(directionFrom(first.place.side), entries.map(toSource), target);
    },
    upload: (sources, targetPath) => add("upload", sources, targetPath),
  };
}

export function otherSide(side: Side): Side {
  return side === "local" ? "remote" : "local";
}

export function directionFrom(side: Side): Direction {
  return side === "local" ? "upload" : "download";
}

function toSource({ path, name, type, size, modifiedMs }: PaneEntry): TransferSource {
  return { path, name, type, size, modifiedMs };
}
