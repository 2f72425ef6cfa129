/** A file of the built window: where it lies below the renderer folder, and how to serve it. */
export type RendererFile = {
  /** Plain names only, so that joining them never leaves the folder they are joined to. */
  readonly segments: readonly string[];
  readonly contentType: string;
  readonly cacheControl: string;
};

/**
 * The file that a URL's path names, or null for what the window does not consist of: any way out of the folder, hidden files, and
 * types it never ships. "/" is index.html.
 */
export function findRendererFile(pathname: string): RendererFile | null {
  const decoded = decodePath(pathname);
  if (decoded === null || !decoded.startsWith("/")) return null;
  const segments = decoded === "/" ? ["index.html"] : decoded.slice(1).split("/");
  if (!segments.every(isPlainName)) return null;
  const contentType = contentTypeOf(segments.at(-1) ?? "");
  if (contentType === null) return null;
  return { segments, contentType, cacheControl: cacheControlOf(segments) };
}

/** Letters, digits, and "." "-" "_" inside: no "..", no drive, no stream, no device name can be made of "index-B1x_.js". */
function isPlainName(segment: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment) && !segment.endsWith(".");
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null; // "%E0%A4%A": not UTF-8
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  woff2: "font/woff2",
  json: "application/json; charset=utf-8",
  txt: "text/plain; charset=utf-8",
};

function contentTypeOf(name: string): string | null {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return Object.hasOwn(contentTypes, extension) ? (contentTypes[extension] ?? null) : null;
}

/** The bundler puts a hash of the content into every name below assets/; the rest must be asked for again after an update. */
function cacheControlOf(segments: readonly string[]): string {
  return segments.length > 1 && segments[0] === "assets" ? "private, max-age=31536000, immutable" : "no-store";
}
