import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FileFacts } from "../../shared/models/prompt.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { splitPath } from "./conflictFacts.ts";

export type FileTileProps = {
  readonly title: string;
  readonly file: FileFacts;
  readonly isNewer: boolean;
  readonly isBigger: boolean;
};

/** One of the two files of a conflict: where it lies, how big it is, how old, and what sets it apart. */
export function FileTile({ title, file, isNewer, isBigger }: FileTileProps) {
  const { t, i18n } = useTranslation("prompts");
  const formats = useFormats();
  // To the second: "now" beside "now" would not help to choose.
  const moment = useMemo(
    () => new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "medium" }),
    [i18n.language],
  );
  const { folder, name } = splitPath(file.path);
  return (
    <section className="file-tile" aria-label={title}>
      <h3 className="field-label">{title}</h3>
      <p className="file-tile-name" title={file.path}>
        {name}
      </p>
      <p className="file-tile-folder mono" title={file.path}>
        {folder}
      </p>
      <dl className="file-tile-facts">
        <dt>{t("size")}</dt>
        <dd title={file.size === null ? undefined : formats.exactSize(file.size)}>
          {file.size === null ? t("unknown") : formats.size(file.size)}
          {isBigger ? <span className="file-tile-mark">{t("bigger")}</span> : null}
        </dd>
        <dt>{t("modified")}</dt>
        <dd title={file.modifiedMs === null ? undefined : formats.exactTime(file.modifiedMs, "second")}>
          {file.modifiedMs === null ? t("unknown") : moment.format(file.modifiedMs)}
          {isNewer ? <span className="file-tile-mark">{t("newer")}</span> : null}
        </dd>
      </dl>
    </section>
  );
}
