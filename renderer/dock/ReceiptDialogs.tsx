import "./receipts.css";
import type { QueueSelection } from "../../shared/contract/queue.ts";
import type { Transfer } from "../../shared/models/transfer.ts";
import { ExportReceiptsDialog } from "./ExportReceiptsDialog.tsx";
import { ReceiptDialog } from "./ReceiptDialog.tsx";
import { VerifyDialog } from "./VerifyDialog.tsx";

/** What of receipts is on the screen. */
export type ReceiptView =
  | { readonly show: "receipt"; readonly transfer: Transfer }
  | { readonly show: "verify" | "export"; readonly selection: QueueSelection };

export type ReceiptDialogsProps = {
  readonly view: ReceiptView | null;
  /** The transfers of a selection. */
  readonly readIds: (selection: QueueSelection) => Promise<readonly number[]>;
  readonly onShow: (view: ReceiptView) => void;
  readonly onClose: () => void;
};

/** The windows of the receipts; one at a time. */
export function ReceiptDialogs({ view, readIds, onShow, onClose }: ReceiptDialogsProps) {
  switch (view?.show) {
    case "receipt": {
      const { transfer } = view;
      const verify = () => onShow({ show: "verify", selection: { ids: [transfer.id] } });
      return <ReceiptDialog transfer={transfer} onVerify={verify} onClose={onClose} />;
    }
    case "verify":
      return <VerifyDialog readIds={() => readIds(view.selection)} onClose={onClose} />;
    case "export":
      return <ExportReceiptsDialog selection={view.selection} onClose={onClose} />;
    default:
      return null;
  }
}
