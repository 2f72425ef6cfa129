/** A wire string (one character per byte, shared/models/place.ts) read as UTF-8: what most servers mean, when no session can tell. */
export function decodeUtf8(wire: string): string {
  return Buffer.from(wire, "latin1").toString("utf8");
}

export function encodeUtf8(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
