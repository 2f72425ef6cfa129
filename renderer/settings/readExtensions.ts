/** Extensions as people list them, ".TXT, *.html; md": in lower case, without dots and stars, each once. */
export function readExtensions(text: string): readonly string[] {
  const extensions = text
    .split(/[\s,;|]+/)
    .map((word) => word.replace(/^\*?\./, "").toLowerCase())
    .filter((word) => word !== "");
  return [...new Set(extensions)];
}
