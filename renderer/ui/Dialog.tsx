import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";

export type DialogProps = {
  readonly isOpen: boolean;
  readonly title: string;
  readonly description?: string;
  readonly size?: "normal" | "wide" | "large";
  /** Escape, the close button or a press outside. */
  readonly onClose: () => void;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode;
};

/** A window over the window. Focus stays inside and returns to where it was. */
export function Dialog(props: DialogProps) {
  const { isOpen, title, description, size = "normal", onClose, initialFocus, children, actions } = props;
  const { t } = useTranslation("common");
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup className="popup dialog" data-size={size} {...(initialFocus ? { initialFocus } : {})}>
          <div className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
          </div>
          <div className="dialog-body">
            {description ? <Base.Description className="dialog-description">{description}</Base.Description> : null}
            {children}
          </div>
          {actions ? <div className="dialog-actions">{actions}</div> : null}
          {/* Last in order, so that the keyboard begins with the content; without a tooltip, which would take the first Escape. */}
          <Base.Close className="icon-button dialog-close" aria-label={t("close")} title={t("close")}>
            <X size={16} aria-hidden />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
