import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Site, SiteFolder } from "../../shared/models/site.ts";
import { useEngine } from "../app/EngineContext.ts";
import { siteIntents } from "../intents/siteIntents.ts";
import { useSitesStore } from "../stores/sitesStore.ts";
import { checkDraft, type DraftErrors, draftOf, isChanged, newDraft, type SiteDraft } from "./siteDraft.ts";
import { type SiteTab, tabWithErrors } from "./siteTabs.ts";

/** What the right side of the site manager shows. "new" is a site that has not been saved yet. */
export type Shown =
  | { readonly type: "nothing" }
  | { readonly type: "new"; readonly folderId: string | null }
  | { readonly type: "item"; readonly id: string };

const noErrors: DraftErrors = {};

/** The site manager's state: what is shown, the draft of it, and saving. */
export function useSiteEditor(initial: Shown) {
  const { t } = useTranslation("siteManager");
  const engine = useEngine();
  const intents = useMemo(() => siteIntents(engine), [engine]);
  const tree = useSitesStore();
  const [shown, setShown] = useState(initial);
  const [edited, setEdited] = useState<SiteDraft | null>(null);
  const [showsErrors, setShowsErrors] = useState(false);
  const [tab, openTab] = useState<SiteTab>("general");

  const site: Site | null = (shown.type === "item" && tree.sites.find(({ id }) => id === shown.id)) || null;
  const folder: SiteFolder | null = (shown.type === "item" && tree.folders.find(({ id }) => id === shown.id)) || null;
  const blank = useMemo(() => newDraft(t("newSiteName")), [t]);
  const original = shown.type === "new" ? blank : site === null ? null : draftOf(site);
  const draft = edited ?? original;

  return {
    intents,
    tree,
    shown,
    site,
    folder,
    draft,
    isDirty: draft !== null && original !== null && isChanged(draft, original),
    errors: showsErrors && draft !== null ? (checkDraft(draft).errors ?? noErrors) : noErrors,
    tab,
    openTab,
    edit: setEdited,
    show: (next: Shown): void => {
      setShown(next);
      setEdited(null);
      setShowsErrors(false);
    },
    /** Stores the draft and gives the site's id; null when a field is wrong (it is marked then). */
    save: async (): Promise<string | null> => {
      if (draft === null) return null;
      const checked = checkDraft(draft);
      if (checked.errors !== null) {
        setShowsErrors(true);
        openTab(tabWithErrors(checked.errors, tab));
        return null;
      }
      if (shown.type === "new") {
        const id = await intents.create(checked.settings, shown.folderId, checked.secrets);
        setShown({ type: "item", id });
        setEdited(null);
        return id;
      }
      if (site === null) return null;
      await intents.change(site.id, checked.settings, checked.secrets);
      setEdited(null);
      setShowsErrors(false);
      return site.id;
    },
  };
}
