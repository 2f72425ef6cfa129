import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { fromLocalText, nextHourText } from "./localTime.ts";

export type StartAtDialogProps = {
  readonly of: "drop" | "queue";
  readonly onChoose: (atMs: number) => void;
  readonly onClose: () => void;
};

/** Asks for the time at which a drop or the whole queue starts. It is there while it is open. */
export function StartAtDialog({ of, onChoose, onClose }: StartAtDialogProps) {
  const { t } = useTranslation("queueControl");
  const { t: tCommon } = useTranslation("common");
  const [text, setText] = useState(() => nextHourText(Date.now()));
  const [isChecked, setChecked] = useState(false);
  const atMs = fromLocalText(text);
  const isPast = isChecked && atMs !== null && atMs <= Date.now();

  const choose = (): void => {
    setChecked(true);
    if (atMs === null || atMs <= Date.now()) return;
    onChoose(atMs);
    onClose();
  };

  return (
    <Dialog
      isOpen
      title={of === "drop" ? t("startDropTitle") : t("startQueueTitle")}
      description={of === "drop" ? t("startDropText") : t("startQueueText")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button kind="primary" disabled={atMs === null} onClick={choose}>
            {t("setStart")}
          </Button>
        </>
      }
    >
      <TextField
        type="datetime-local"
        label={t("startTime")}
        value={text}
        error={isPast ? t("startTimePast") : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && choose()}
      />
    </Dialog>
  );
}
