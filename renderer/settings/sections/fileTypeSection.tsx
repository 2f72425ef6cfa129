import { settingsSchema } from "../../../shared/models/settings.ts";
import { choice, text, toggle } from "../entries.tsx";
import { readExtensions } from "../readExtensions.ts";
import type { Section, SectionParts } from "../section.ts";

/** What is text, whose line ends differ from system to system. */
export function fileTypeSection({ t, settings, set }: SectionParts): Section {
  const areExtensions = (typed: string) =>
    settingsSchema.shape.asciiExtensions.safeParse(readExtensions(typed)).success;
  return {
    title: t("sectionFileTypes"),
    entries: [
      choice({
        label: t("transferType"),
        hint: t("transferTypeHint"),
        value: settings.transferType,
        options: [
          { value: "binary", label: t("transferTypeBinary") },
          { value: "auto", label: t("transferTypeAuto") },
          { value: "ascii", label: t("transferTypeAscii") },
        ],
        onChange: (transferType) => set({ transferType }),
      }),
      ...(settings.transferType === "auto"
        ? [
            text({
              label: t("asciiExtensions"),
              hint: t("asciiExtensionsHint"),
              rows: 3,
              value: settings.asciiExtensions.join(" "),
              errorOf: (typed) => (areExtensions(typed) ? undefined : t("invalidExtensions")),
              onChange: (typed) => set({ asciiExtensions: [...readExtensions(typed)] }),
            }),
            toggle({
              label: t("asciiWithoutExtension"),
              checked: settings.asciiWithoutExtension,
              onChange: (asciiWithoutExtension) => set({ asciiWithoutExtension }),
            }),
            toggle({
              label: t("asciiDotFiles"),
              checked: settings.asciiDotFiles,
              onChange: (asciiDotFiles) => set({ asciiDotFiles }),
            }),
          ]
        : []),
    ],
  };
}
