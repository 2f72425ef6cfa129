import { useTranslation } from "react-i18next";
import { useAppStore } from "../stores/appStore.ts";

/** Says that the window has lost its engine, until it is back. What stands on screen is the last that was known. */
export function LinkBar() {
  const { t } = useTranslation("common");
  const isLost = useAppStore((state) => state.link === "lost");
  return isLost ? (
    <div role="alert" className="link-bar">
      {t("engineLost")}
    </div>
  ) : null;
}
