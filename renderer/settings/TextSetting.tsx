import { useState } from "react";
import { TextArea } from "../ui/TextArea.tsx";
import { TextField } from "../ui/TextField.tsx";

export type TextSettingProps = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  /** What is wrong with a text, as a sentence; undefined: nothing. */
  readonly errorOf: (text: string) => string | undefined;
  readonly onChange: (text: string) => void;
  readonly isNumber?: boolean;
  /** Lines to begin with; without: one line, which Enter sets. */
  readonly rows?: number;
};

/** A text. It is set when the field is left or Enter is pressed, and only when it is right. */
export function TextSetting({ label, hint, value, errorOf, onChange, isNumber = false, rows }: TextSettingProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const error = errorOf(text);

  const settle = (): void => {
    if (error !== undefined) return; // the field stays as typed, with its error
    setTyped(null);
    if (text !== value) onChange(text);
  };
  const face = { label, hint, error, value: text, onBlur: settle };
  return rows === undefined ? (
    <TextField
      {...face}
      inputMode={isNumber ? "numeric" : undefined}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && settle()}
    />
  ) : (
    <TextArea {...face} rows={rows} spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
  );
}
