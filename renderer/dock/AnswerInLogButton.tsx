import { useTranslation } from "react-i18next";
import type { Transfer } from "../../shared/models/transfer.ts";
import { applyLineShown, useDockStore } from "../stores/dockStore.ts";
import { useLayoutStore } from "../stores/layoutStore.ts";
import { useLogStore } from "../stores/logStore.ts";
import { Button } from "../ui/Button.tsx";
import { findAnswer } from "./findAnswer.ts";

export type AnswerInLogButtonProps = { readonly transfer: Transfer; readonly onShown: () => void };

/** Opens the log at the line in which the server said what a transfer failed with. */
export function AnswerInLogButton({ transfer, onShown }: AnswerInLogButtonProps) {
  const { t } = useTranslation("dock");
  const lineId = useLogStore(({ lines }) => findAnswer(lines, transfer)?.id ?? null);
  if (transfer.errorText === null) return null;
  return (
    <Button
      disabled={lineId === null}
      title={lineId === null ? t("notInLog") : undefined}
      onClick={() => {
        if (lineId === null) return;
        useLayoutStore.setState({ isDockFolded: false });
        useDockStore.setState((state) => applyLineShown(state, lineId));
        onShown();
      }}
    >
      {t("showInLog")}
    </Button>
  );
}
