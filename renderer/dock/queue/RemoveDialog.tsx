import { useTranslation } from "react-i18next";
import type { QueueFilter } from "../../../shared/models/transfer.ts";
import { useQueueStore } from "../../stores/queueStore.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";

export type RemoveDialogProps = {
  readonly filter: QueueFilter;
  readonly isOpen: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Asks before transfers that have not ended are taken out of the queue. */
export function RemoveDialog({ filter, isOpen, onConfirm, onClose }: RemoveDialogProps) {
  const { t } = useTranslation("dock");
  const count = useQueueStore(({ choices, windows }) =>
    choices[filter].all ? windows[filter].total : choices[filter].ids.size,
  );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t("removeTitle", { count })}
      description={t("removeText")}
      confirmLabel={t("remove")}
      isDangerous
      onCancel={onClose}
      onConfirm={() => {
        onConfirm();
        onClose();
      }}
    />
  );
}
