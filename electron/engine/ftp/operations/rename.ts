import { demand, type Link } from "../session/link.ts";

/** RNFR, RNTO (RFC 959 §4.1.3); also moves between folders. Whether an existing target is replaced is the server's choice. */
export async function rename(link: Link, path: string, newPath: string, signal: AbortSignal): Promise<void> {
  await demand(link, `RNFR ${link.paths.entry(path, path)}`, signal, path);
  await demand(link, `RNTO ${link.paths.entry(newPath, path)}`, signal, newPath);
}
