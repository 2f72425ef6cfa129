import "./receipts.css";
import type { Transfer } from "../../../shared/models/transfer.ts";
import type { TabSelection } from "../../stores/queueChoice.ts";
import { ExportReceiptsDialog } from "./ExportReceiptsDialog.tsx";
import { ReceiptDialog } from "./ReceiptDialog.tsx";
import { VerifyDialog } from "./VerifyDialog.tsx";

/** What of receipts is on the screen. */
export type ReceiptView =
  | { readonly show: "receipt"; readonly transfer: Transfer }
  | { readonly show: "verify" | "export"; readonly selection: TabSelection };

export type ReceiptDialogsProps = {
  readonly view: ReceiptView | null;
  /** The transfers of a selection. */
  readonly readIds: (selection: TabSelection) => Promise<readonly number[]>;
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
