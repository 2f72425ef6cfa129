import { useTranslation } from "react-i18next";
import type { Connection } from "../../shared/models/connection.ts";
import type { Site } from "../../shared/models/site.ts";
import { useEngine } from "../app/EngineContext.ts";
import { connectionIntents } from "../intents/connectionIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { encodings } from "../siteManager/encodings.ts";
import { useSitesStore } from "../stores/sitesStore.ts";
import { MenuButton } from "../ui/MenuButton.tsx";
import type { MenuItem } from "../ui/menuItem.ts";

export type EncodingMenuProps = {
  readonly connection: Connection;
  /** What names are read as just now, as a label. */
  readonly label: string;
};

/** How file names are read, and a menu to read them in another way at once. */
export function EncodingMenu({ connection, label }: EncodingMenuProps) {
  const { t } = useTranslation("statusBar");
  const intents = connectionIntents(useEngine());
  const site = useSitesStore(({ sites }) => sites.find(({ id }) => id === connection.siteId));
  const choose = (encoding: string, isKept: boolean) =>
    reportFailure(intents.setEncoding(connection.id, encoding, isKept), t("encoding"));

  const items: readonly MenuItem[] = [
    { kind: "heading", label: t("encoding") },
    ...(site !== undefined && canKeep(site, connection) ? [keepItem(site), { kind: "separator" } as const] : []),
    {
      kind: "choices",
      chosen: connection.encoding.toLowerCase(),
      options: [{ value: "auto", label: t("encodingAuto") }, ...encodings],
      choose: (encoding) => choose(encoding, false),
    },
  ];

  function keepItem({ name }: Site): MenuItem {
    return { kind: "action", label: t("keepEncoding", { site: name }), run: () => choose(connection.encoding, true) };
  }

  const name = t("encodingNow", { encoding: label });
  return (
    <MenuButton
      trigger={
        <button type="button" className="status-button" title={name} aria-label={name}>
          {label}
        </button>
      }
      items={items}
    />
  );
}

/** A saved site that says something else. */
function canKeep({ origin, encoding }: Site, connection: Connection): boolean {
  return origin === "saved" && encoding.toLowerCase() !== connection.encoding.toLowerCase();
}
