import {
  CornerLeftUp,
  File,
  FileArchive,
  FileCode,
  FileCog,
  FileImage,
  FileMusic,
  FilePlay,
  FileSpreadsheet,
  FileSymlink,
  FileText,
  Folder,
  type LucideIcon,
} from "lucide-react";
import { assertNever } from "../../shared/assertNever.ts";
import type { EntryType } from "../../shared/models/entry.ts";
import { extensionOf } from "../stores/entryOrder.ts";

export type EntryIconProps = { readonly type: EntryType; readonly name: string; readonly isParent?: boolean };

/** A glyph for what an entry is. The type column says the same in words. */
export function EntryIcon({ type, name, isParent = false }: EntryIconProps) {
  if (isParent) return <CornerLeftUp size={16} className="entry-icon" aria-hidden />;
  switch (type) {
    case "directory":
      return <Folder size={16} className="entry-icon entry-folder" aria-hidden />;
    case "symlink":
      return <FileSymlink size={16} className="entry-icon entry-folder" aria-hidden />;
    case "other":
      return <FileCog size={16} className="entry-icon" aria-hidden />;
    case "file": {
      const Icon = iconOf.get(extensionOf(name)) ?? File;
      return <Icon size={16} className="entry-icon" aria-hidden />;
    }
    default:
      return assertNever(type);
  }
}

const iconOf = new Map<string, LucideIcon>(
  (
    [
      [FileImage, "jpg jpeg png gif webp avif svg bmp tif tiff ico heic raw psd"],
      [FileMusic, "mp3 flac wav ogg m4a aac opus mid"],
      [FilePlay, "mp4 mkv mov avi webm m4v mpg mpeg"],
      [FileArchive, "zip gz tgz bz2 xz zst 7z rar tar deb rpm iso dmg jar"],
      [FileSpreadsheet, "xls xlsx ods csv tsv"],
      [FileText, "txt md pdf doc docx odt rtf log epub tex"],
      [
        FileCode,
        "html htm css js mjs ts tsx jsx json xml yml yaml php py rb rs go c h cpp java sh sql toml ini conf htaccess",
      ],
    ] as const
  ).flatMap(([icon, extensions]) => extensions.split(" ").map((extension) => [extension, icon] as const)),
);
