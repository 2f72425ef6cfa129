/** The name an upload has in the end, where a server's log knows its temporary one: "/a/.b.txt.1a2b3c4d.part" is "/a/b.txt". */
export function finalNameOf(path: string): string {
  return path.replace(/\/\.(?<name>[^/]+)\.[0-9a-f]{8}\.part$/, "/$<name>");
}
