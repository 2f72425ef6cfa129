import { Checkbox } from "../ui/Checkbox.tsx";
import { CheckField } from "../ui/CheckField.tsx";
import { Select } from "../ui/Select.tsx";
import { NumberSetting } from "./NumberSetting.tsx";
import type { Entry } from "./section.ts";
import { TextSetting, type TextSettingProps } from "./TextSetting.tsx";

type Choice<V extends string> = {
  readonly label: string;
  readonly hint?: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
};

/** One of a few. */
export function choice<V extends string>({ label, hint, value, options, onChange }: Choice<V>): Entry {
  return {
    words: [label, hint, ...options.map((option) => option.label)].join(" "),
    control: <Select label={label} hint={hint} value={value} options={options} onChange={onChange} />,
  };
}

type Switch = {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
};

/** True or false. */
export function toggle({ label, hint, checked, onChange }: Switch): Entry {
  const face = { label, checked, onChange };
  return {
    words: `${label} ${hint ?? ""}`,
    control: hint === undefined ? <Checkbox {...face} /> : <CheckField {...face} hint={hint} />,
  };
}

type Numeric = {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  /** The least and the most. */
  readonly range: readonly [number, number];
  readonly onChange: (value: number) => void;
};

export function number({ label, hint, value, range: [min, max], onChange }: Numeric): Entry {
  const note = hint === undefined ? {} : { hint };
  return {
    words: `${label} ${hint ?? ""}`,
    control: <NumberSetting label={label} {...note} value={value} min={min} max={max} onChange={onChange} />,
  };
}

/** Milliseconds, shown as seconds; so is the range. */
export function seconds({ value, onChange, ...rest }: Numeric): Entry {
  return number({ ...rest, value: value / 1_000, onChange: (shown) => onChange(shown * 1_000) });
}

export function text(props: TextSettingProps): Entry {
  return {
    words: `${props.label} ${props.hint ?? ""}`,
    control: <TextSetting {...props} />,
    isWide: props.rows !== undefined,
  };
}
