import { CircleAlert, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mended } from "../../shared/models/mended.ts";
import { IconButton } from "../ui/IconButton.tsx";

/** One of Portside's own files was damaged: what could be saved, and where the old file lies. It stays until somebody has read it. */
export function MendedNotice({ mended }: { readonly mended: Mended }) {
  const { t } = useTranslation("common");
  const [isRead, setRead] = useState(false);
  if (isRead) return null;
  return (
    <div className="popup notice" role="alert">
      <div className="error-note">
        <CircleAlert size={16} aria-hidden />
        <div className="error-note-words">
          <p className="error-note-title">{t(mended.what === "queue" ? "mendedQueue" : "mendedSites")}</p>
          <p>{t(outcomeOf(mended), { count: mended.rows })}</p>
          <p>{t("mendedKept")}</p>
          <p className="mono selectable mended-path">{mended.keptAt}</p>
        </div>
      </div>
      <IconButton icon={X} size="small" label={t("dismiss")} onClick={() => setRead(true)} />
    </div>
  );
}

function outcomeOf({ rows, isIncomplete, usedCopy }: Mended) {
  if (!isIncomplete) return "mendedAll";
  if (usedCopy) return "mendedCopy";
  return rows === 0 ? "mendedNone" : "mendedPart";
}
