import { chmod, cp, lstat, mkdir, rename, rm, rmdir, unlink } from "node:fs/promises";
import { AppError } from "../../../shared/errors/appError.ts";
import { systemCodeOf, toLocalError } from "./localErrors.ts";

/** Makes one folder. `already-exists` when the name is taken. */
export async function createLocalFolder(path: string): Promise<void> {
  await at(path, () => mkdir(path));
}

/** Renames or moves one entry; never onto another one (`already-exists`). Across file systems it is copied, then removed. */
export async function moveLocalEntry(path: string, newPath: string): Promise<void> {
  await at(path, async () => {
    if (await isTaken(newPath, path)) {
      throw new AppError("already-exists", "Something with this name is there already", { path: newPath });
    }
    try {
      await rename(path, newPath);
    } catch (error) {
      if (systemCodeOf(error) === "EINVAL") {
        throw new AppError("invalid-input", "A folder cannot go into itself", { path, cause: error });
      }
      if (systemCodeOf(error) !== "EXDEV") throw error;
      await cp(path, newPath, {
        recursive: true,
        errorOnExist: true,
        force: false,
        preserveTimestamps: true,
        verbatimSymlinks: true,
      });
      await rm(path, { recursive: true });
    }
  });
}

export async function setLocalPermissions(path: string, mode: number): Promise<void> {
  await at(path, () => chmod(path, mode));
}

/** A file, a link or anything else that is no folder. */
export async function removeLocalFile(path: string): Promise<void> {
  await at(path, () => unlink(path));
}

/** `directory-not-empty` when it still holds something. */
export async function removeLocalFolder(path: string): Promise<void> {
  await at(path, () => rmdir(path));
}

/** Whether another entry has the name. On a file system that ignores case, "a" → "A" meets itself, which is no hindrance. */
async function isTaken(path: string, byOtherThan: string): Promise<boolean> {
  try {
    const [there, self] = await Promise.all([lstat(path), lstat(byOtherThan)]);
    return there.ino !== self.ino || there.dev !== self.dev || path === byOtherThan;
  } catch (error) {
    if (systemCodeOf(error) !== "ENOENT") throw error;
    await lstat(byOtherThan); // tells "the source is gone" from "the name is free"
    return false;
  }
}

async function at<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toLocalError(error, path);
  }
}
