import { posix, win32 } from "node:path";
import type { Crumb } from "../../../shared/contract/browse.ts";
import { AppError } from "../../../shared/errors/appError.ts";

/** Local paths by the rules of one platform. On Windows "/" stands above the drives. */
export type LocalPaths = {
  readonly isDriveList: (path: string) => boolean;
  /** null at the root. */
  readonly parentOf: (path: string) => string | null;
  readonly crumbsOf: (path: string) => readonly Crumb[];
  /** One entry of a folder. Rejects with `invalid-input` what is not one plain name. */
  readonly join: (folder: string, name: string) => string;
  /** A typed path, absolute or relative to `from`; "~" is the home folder. */
  readonly resolve: (from: string, text: string, home: string) => string;
};

const top = "/";

export function createLocalPaths(platform: NodeJS.Platform): LocalPaths {
  const isWindows = platform === "win32";
  const rules = isWindows ? win32 : posix;
  const isDriveList = (path: string) => isWindows && path === top;

  const parentOf = (path: string) => {
    if (path === top) return null;
    const parent = rules.dirname(path);
    return parent === path ? (isWindows ? top : null) : parent;
  };

  const labelOf = (path: string) => rules.basename(path) || (isWindows ? path.replace(/[\\/]+$/, "") : path) || top;

  const crumbsOf = (path: string): Crumb[] => {
    const crumbs: Crumb[] = [];
    for (let step: string | null = path; step !== null; step = parentOf(step)) {
      crumbs.unshift({ label: labelOf(step), path: step });
    }
    return crumbs;
  };

  return {
    isDriveList,
    parentOf,
    crumbsOf,
    join: (folder, name) => {
      if (isDriveList(folder)) return `${name}\\`;
      if (!isOneName(name, isWindows)) throw new AppError("invalid-input", "This is not the name of one entry");
      return rules.join(folder, name);
    },
    resolve: (from, text, home) => {
      if (isDriveList(text.trim())) return top;
      const expanded = /^~(?=$|[\\/])/.test(text) ? home + text.slice(1) : text;
      return rules.resolve(isDriveList(from) ? home : from, expanded);
    },
  };
}

function isOneName(name: string, isWindows: boolean): boolean {
  return name !== "" && name !== "." && name !== ".." && !(isWindows ? /[\\/\0]/ : /[/\0]/).test(name);
}
