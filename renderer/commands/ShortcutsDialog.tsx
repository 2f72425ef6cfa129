import "./shortcuts.css";
import { useTranslation } from "react-i18next";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { shortcutGroups } from "./shortcutGroups.ts";

/** Every key and what it does, for those who would rather not reach for the mouse. */
export function ShortcutsDialog() {
  const { t } = useTranslation("shortcuts");
  const isOpen = useUiStore(({ dialog }) => dialog?.kind === "shortcuts");
  const close = (): void => useUiStore.setState((state) => applyDialog(state, null));
  return (
    <Dialog isOpen={isOpen} title={t("title")} size="wide" onClose={close}>
      <div className="shortcut-groups">
        {shortcutGroups.map(({ name, lines }) => (
          <section key={name} className="shortcut-group" aria-labelledby={`shortcuts-${name}`}>
            <h3 id={`shortcuts-${name}`}>{t(`groups.${name}`)}</h3>
            <dl>
              {lines.map(({ does, keys }) => (
                <div key={does} className="shortcut-line">
                  <dt>{t(`does.${does}`)}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
