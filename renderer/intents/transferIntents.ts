import type { EngineClient } from "../../shared/contract/contract.ts";
import type { TransferSource } from "../../shared/contract/queue.ts";
import { AppError } from "../../shared/errors/appError.ts";
import type { Side } from "../../shared/models/place.ts";
import type { TransferType } from "../../shared/models/settings.ts";
import type { Direction } from "../../shared/models/transfer.ts";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { paneStores } from "../stores/paneStore.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";

/** How a drop differs from what the settings say. */
export type DropWish = {
  readonly transferType?: TransferType;
  /** It waits as a plan, which opens. */
  readonly plansFirst?: boolean;
};

export type TransferIntents = {
  /** Puts entries of one side into a folder of the other, or into the folder shown there. Resolves when the queue has them. */
  readonly transfer: (entries: readonly PaneEntry[], targetPath?: string, wish?: DropWish) => Promise<void>;
  /**
   * Settles where an upload goes to, and returns what uploads there: reading a drop takes its time, and another server may be on
   * screen at its end. Throws when none is now.
   */
  readonly prepareUpload: (
    targetPath: string,
    wish?: DropWish,
  ) => (sources: readonly TransferSource[]) => Promise<void>;
};

export function transferIntents(engine: EngineClient): TransferIntents {
  function prepare(direction: Direction, targetPath: string, wish: DropWish) {
    const connection = currentConnection(useConnectionStore.getState());
    if (connection === null) throw new AppError("invalid-input", "No server is connected.");
    return async (sources: readonly TransferSource[]): Promise<void> => {
      const drop = { direction, connectionId: connection.id, sources: [...sources], targetPath, ...wish };
      const { batchId } = await engine.call("queue.add", drop);
      if (wish.plansFirst) useUiStore.setState((state) => applyDialog(state, { kind: "plan", batchId }));
    };
  }

  return {
    transfer: async (entries, targetPath, wish = {}) => {
      const [first] = entries;
      if (first === undefined) return;
      const target = targetPath ?? paneStores[otherSide(first.place.side)].getState().path;
      if (target === null) throw new AppError("invalid-input", "The other pane shows no folder.");
      await prepare(directionFrom(first.place.side), target, wish)(entries.map(toSource));
    },
    prepareUpload: (targetPath, wish = {}) => prepare("upload", targetPath, wish),
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
