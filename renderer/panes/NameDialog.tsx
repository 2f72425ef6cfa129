import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { TextField } from "../ui/TextField.tsx";

export type NameDialogProps = {
  readonly title: string;
  readonly label: string;
  /** What stands there at first, selected. */
  readonly suggestion: string;
  readonly isValid: (name: string) => boolean;
  /** Said when it is not. */
  readonly wrong: string;
  readonly hint?: string;
  readonly onSubmit: (name: string) => void;
  readonly onClose: () => void;
};

/** Asks for the name of something new. */
export function NameDialog({ title, label, suggestion, isValid, wrong, hint, onSubmit, onClose }: NameDialogProps) {
  const { t: tCommon } = useTranslation("common");
  const formId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(suggestion);
  const [isTouched, setTouched] = useState(false);
  const name = text.trim();

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTouched(true);
    if (!isValid(name)) return;
    onClose();
    onSubmit(name);
  };

  return (
    <Dialog
      isOpen
      title={title}
      onClose={onClose}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button kind="primary" type="submit" form={formId}>
            {tCommon("create")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <TextField
          ref={field}
          label={label}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setTouched(true);
          }}
          onFocus={(event) => event.target.select()}
          hint={hint}
          error={isTouched && !isValid(name) ? wrong : undefined}
        />
      </form>
    </Dialog>
  );
}
