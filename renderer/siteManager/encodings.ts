/** Encodings file names are met in, as labels the engine knows. "auto" stands first, by its own words. */
export const encodings: readonly { readonly value: string; readonly label: string }[] = [
  { value: "utf-8", label: "UTF-8" },
  { value: "gb18030", label: "GB18030 / GBK (简体中文)" },
  { value: "big5", label: "Big5 (繁體中文)" },
  { value: "shift_jis", label: "Shift_JIS (日本語)" },
  { value: "euc-jp", label: "EUC-JP (日本語)" },
  { value: "euc-kr", label: "EUC-KR (한국어)" },
  { value: "windows-1252", label: "Windows-1252 (Western)" },
  { value: "iso-8859-1", label: "ISO-8859-1 (Western)" },
  { value: "iso-8859-15", label: "ISO-8859-15 (Western, €)" },
  { value: "windows-1250", label: "Windows-1250 (Central European)" },
  { value: "iso-8859-2", label: "ISO-8859-2 (Central European)" },
  { value: "windows-1251", label: "Windows-1251 (Кириллица)" },
  { value: "koi8-r", label: "KOI8-R (Кириллица)" },
  { value: "windows-1253", label: "Windows-1253 (Ελληνικά)" },
  { value: "windows-1254", label: "Windows-1254 (Türkçe)" },
  { value: "windows-874", label: "Windows-874 (ไทย)" },
];
