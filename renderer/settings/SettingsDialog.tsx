import { useTranslation } from "react-i18next";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { SettingsForm } from "./SettingsForm.tsx";

/** What a user can choose about Portside. Each change holds at once; there is nothing to confirm. */
export function SettingsDialog() {
  const { t } = useTranslation("settings");
  const isOpen = useUiStore(({ dialog }) => dialog?.kind === "settings");
  const close = (): void => useUiStore.setState((state) => applyDialog(state, null));
  return (
    <Dialog isOpen={isOpen} title={t("title")} size="wide" onClose={close}>
      <SettingsForm />
    </Dialog>
  );
}
