import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type SiteColour, siteColourSchema } from "../../shared/models/site.ts";

export type ColourFieldProps = { readonly value: SiteColour; readonly onChange: (colour: SiteColour) => void };

const wordOf = {
  none: "colourNone",
  red: "colourRed",
  green: "colourGreen",
  blue: "colourBlue",
  yellow: "colourYellow",
  cyan: "colourCyan",
  magenta: "colourMagenta",
  orange: "colourOrange",
} as const satisfies Record<SiteColour, string>;

/** The dot a site is told by in the tree and the top bar. */
export function ColourField({ value, onChange }: ColourFieldProps) {
  const { t } = useTranslation("siteManager");
  const name = useId();
  return (
    <fieldset className="radio-group">
      <legend className="field-label">{t("colour")}</legend>
      <div className="colour-choices">
        {siteColourSchema.options.map((colour) => (
          <input
            key={colour}
            type="radio"
            name={name}
            className="site-dot colour-choice"
            data-colour={colour}
            aria-label={t(wordOf[colour])}
            title={t(wordOf[colour])}
            checked={colour === value}
            onChange={() => onChange(colour)}
          />
        ))}
      </div>
    </fieldset>
  );
}
