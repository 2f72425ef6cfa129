import { settingsSchema } from "../../../shared/models/settings.ts";
import { number, seconds, text, toggle } from "../entries.tsx";
import type { Section, SectionParts } from "../section.ts";

/** How long to wait, and how servers may connect to us. */
export function connectionSection({ t, settings, set }: SectionParts): Section {
  const isAddress = (typed: string) => settingsSchema.shape.externalAddress.safeParse(typed.trim()).success;
  return {
    title: t("sectionConnection"),
    entries: [
      seconds({
        label: t("timeout"),
        hint: t("timeoutHint"),
        value: settings.timeoutMs,
        range: [1, 9_999],
        onChange: (timeoutMs) => set({ timeoutMs }),
      }),
      seconds({
        label: t("keepAlive"),
        hint: t("keepAliveHint"),
        value: settings.keepAliveMs,
        range: [0, 3_600],
        onChange: (keepAliveMs) => set({ keepAliveMs }),
      }),
      toggle({
        label: t("fallsBackToActive"),
        hint: t("fallsBackToActiveHint"),
        checked: settings.fallsBackToActive,
        onChange: (fallsBackToActive) => set({ fallsBackToActive }),
      }),
      text({
        label: t("externalAddress"),
        hint: t("externalAddressHint"),
        value: settings.externalAddress,
        errorOf: (typed) => (isAddress(typed) ? undefined : t("invalidAddress")),
        onChange: (typed) => set({ externalAddress: typed.trim() }),
      }),
      number({
        label: t("activeFirstPort"),
        hint: t("activeFirstPortHint"),
        value: settings.activeFirstPort,
        range: [0, 65_535],
        onChange: (activeFirstPort) => set({ activeFirstPort }),
      }),
      number({
        label: t("activeLastPort"),
        hint: t("activeLastPortHint"),
        value: settings.activeLastPort,
        range: [0, 65_535],
        onChange: (activeLastPort) => set({ activeLastPort }),
      }),
    ],
  };
}
