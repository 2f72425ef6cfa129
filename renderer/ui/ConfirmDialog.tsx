import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button.tsx";

export type ConfirmDialogProps = {
  readonly isOpen: boolean;
  readonly title: string;
  readonly description: string;
  /** What will happen, as a verb: "Delete", never "OK". */
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
};

/** One question before something that cannot be undone. Escape cancels. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, description, confirmLabel, isDangerous = false, onConfirm, onCancel, children } = props;
  const { t } = useTranslation("common");
  const confirmButton = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onCancel()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup className="popup dialog" initialFocus={confirmButton}>
          <div className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
          </div>
          <div className="dialog-body">
            <Base.Description className="dialog-description">{description}</Base.Description>
            {children}
          </div>
          <div className="dialog-actions">
            <Button onClick={onCancel}>{t("cancel")}</Button>
            <Button ref={confirmButton} kind={isDangerous ? "danger" : "primary"} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
