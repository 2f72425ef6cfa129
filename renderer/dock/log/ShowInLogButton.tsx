import { useTranslation } from "react-i18next";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { applyLineShown, applySessionShown, useDockStore } from "../../stores/dockStore.ts";
import { useLayoutStore } from "../../stores/layoutStore.ts";
import { useLogStore } from "../../stores/logStore.ts";
import { useProgressStore } from "../../stores/progressStore.ts";
import { Button } from "../../ui/Button.tsx";
import { findAnswer } from "../queue/findAnswer.ts";

export type ShowInLogButtonProps = { readonly transfer: Transfer; readonly onShown: () => void };

/** Opens the log where it tells of a transfer: what its session says now, or the line in which the server said why it failed. */
export function ShowInLogButton({ transfer, onShown }: ShowInLogButtonProps) {
  const { t } = useTranslation("dock");
  const lineId = useLogStore(({ lines }) => findAnswer(lines, transfer)?.id ?? null);
  const session = useProgressStore((state) => state.byId.get(transfer.id)?.session ?? null);
  if (transfer.errorText === null && session === null) return null;
  const hasIt = lineId !== null || session !== null;
  return (
    <Button
      disabled={!hasIt}
      title={hasIt ? undefined : t("notInLog")}
      onClick={() => {
        useLayoutStore.setState({ isDockFolded: false });
        if (session !== null) useDockStore.setState((state) => applySessionShown(state, session));
        else if (lineId !== null) useDockStore.setState((state) => applyLineShown(state, lineId));
        onShown();
      }}
    >
      {t("showInLog")}
    </Button>
  );
}
