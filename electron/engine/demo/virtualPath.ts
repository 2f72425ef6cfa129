/**
 * A path as the client sees it: absolute, "/" between names, without "." and "..", each character one byte of the wire (latin-1), so
 * that names which are not UTF-8 keep their bytes.
 */
export type VirtualPath = string;

/** What `argument` means to someone standing in `folder`. ".." at the top stays at the top, as in every Unix. */
export function resolveVirtual(folder: VirtualPath, argument: string): VirtualPath {
  const names = argument.startsWith("/") ? [] : namesOf(folder);
  for (const name of namesOf(argument)) {
    if (name === "..") names.pop();
    else if (name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}

export function parentOf(path: VirtualPath): VirtualPath {
  return resolveVirtual(path, "..");
}

export function baseName(path: VirtualPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The names a path is made of; "/" has none. */
export function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "");
}

/** Names that would leave the folder or become a device when the system reads them, though they look like one name here. */
export function isNameForDisk(name: string, platform: NodeJS.Platform): boolean {
  if (name === "" || name === "." || name === ".." || /[/\0]/.test(name)) return false;
  if (platform !== "win32") return true;
  const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i.test(name);
  // Windows separates with "\", names streams with ":", and drops blanks and dots at the end.
  return !isDevice && !/[<>:"\\|?*]|[. ]$/.test(name) && !hasControlCharacter(name);
}

function hasControlCharacter(name: string): boolean {
  return Array.from(name).some((character) => character < " ");
}
