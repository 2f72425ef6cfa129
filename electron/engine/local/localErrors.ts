import { AppError } from "../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../shared/errors/errorKind.ts";

/** What the local file system threw, as an AppError about `path`. An AppError passes through unchanged. */
export function toLocalError(thrown: unknown, path: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError(kindOf(systemCodeOf(thrown)), message, { path, cause: thrown });
}

/** The system's error code ("ENOENT"), or "" when it has none. */
export function systemCodeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
}

function kindOf(code: string): ErrorKind {
  switch (code) {
    case "ENOENT":
      return "local-not-found";
    case "EACCES":
    case "EPERM":
    case "ELOOP": // a link where the real thing was expected: following it could leave the folder the user chose
      return "local-permission";
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return "local-full";
    case "EEXIST":
      return "already-exists";
    case "ENOTDIR":
      return "not-a-directory";
    case "ENOTEMPTY":
      return "directory-not-empty";
    case "ENAMETOOLONG":
    case "EILSEQ":
    case "ERR_INVALID_ARG_VALUE": // a NUL inside the path
      return "name-not-allowed";
    case "EBUSY":
    case "ETXTBSY":
    case "EAGAIN": // locked by somebody else, or a moment's lack of the system's own means
    case "EMFILE":
    case "ENFILE":
    case "ENOMEM":
      return "local-busy";
    case "EIO":
    case "EROFS": // also what Linux makes of a disk after a fault
    case "ENODEV":
    case "ENXIO":
    case "ENOTCONN": // the rest: a network drive that is gone
    case "ENOLINK":
    case "EREMOTEIO":
    case "ESTALE":
    case "EHOSTDOWN":
    case "EHOSTUNREACH":
    case "ETIMEDOUT":
      return "local-disk-failed";
    default:
      return "internal";
  }
}
