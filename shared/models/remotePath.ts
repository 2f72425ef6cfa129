/** Joins a remote folder and one wire name. "/" + "a" = "/a". */
export function joinRemote(folder: string, wireName: string): string {
  return folder.endsWith("/") ? folder + wireName : `${folder}/${wireName}`;
}

/** The folder a remote path lies in; null for the root. */
export function parentOfRemote(path: string): string | null {
  const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  if (trimmed === "/" || trimmed === "") return null;
  const slash = trimmed.lastIndexOf("/");
  return slash <= 0 ? "/" : trimmed.slice(0, slash);
}

/** The last part of a remote path; "" for the root. */
export function baseNameOfRemote(path: string): string {
  const trimmed = path.endsWith("/") ? path.slice(0, -1) : path;
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** True for what can be one name in a folder of a server, and travel in a command. */
export function isRemoteName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\r\n\0]/.test(name);
}
