import { useTranslation } from "react-i18next";
import { assertNever } from "../../../shared/assertNever.ts";
import type { EngineClient } from "../../../shared/contract/contract.ts";
import { parentOfRemote } from "../../../shared/models/remotePath.ts";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { showLocalFolder, showRemoteFolder } from "../../intents/placeIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { splitPath } from "../../prompts/conflictFacts.ts";
import { applyDialog, useUiStore } from "../../stores/uiStore.ts";
import { type NextStep, nextStepFor } from "./nextStep.ts";

export type NextStepButtonProps = {
  readonly transfer: Transfer;
  readonly className?: string;
  /** In a grid the keys belong to the grid. */
  readonly isInTabOrder: boolean;
  readonly onTaken?: () => void;
};

/** Goes where the cause of a failure can be set right; nothing where only another try helps. */
export function NextStepButton({ transfer, className = "button", isInTabOrder, onTaken }: NextStepButtonProps) {
  const { t } = useTranslation("dock");
  const engine = useEngine();
  const step = nextStepFor(transfer.errorKind ?? "internal", transfer.direction);
  if (step === null) return null;
  const label = t(`nextStep.${step}`);
  return (
    <button
      type="button"
      className={className}
      tabIndex={isInTabOrder ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation();
        reportFailure(takeStep(step, transfer, engine), label);
        onTaken?.();
      }}
    >
      {label}
    </button>
  );
}

async function takeStep(step: NextStep, transfer: Transfer, engine: EngineClient): Promise<void> {
  const isUpload = transfer.direction === "upload";
  switch (step) {
    case "free-space":
    case "show-target":
      return showFolder(isUpload ? "remote" : "local", transfer, engine);
    case "show-source":
      return showFolder(isUpload ? "local" : "remote", transfer, engine);
    case "edit-site":
      return useUiStore.setState((state) => applyDialog(state, { kind: "siteManager", siteId: transfer.siteId }));
    case "open-settings":
      return useUiStore.setState((state) => applyDialog(state, { kind: "settings" }));
    default:
      return assertNever(step);
  }
}

async function showFolder(side: "local" | "remote", transfer: Transfer, engine: EngineClient): Promise<void> {
  if (side === "local") return showLocalFolder(engine, splitPath(transfer.localPath).folder);
  return showRemoteFolder(engine, transfer.siteId, parentOfRemote(transfer.remoteDisplayPath) ?? "/");
}
