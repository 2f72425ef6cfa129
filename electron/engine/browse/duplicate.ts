import { AppError } from "../../../shared/errors/appError.ts";
import { baseNameOfRemote, joinRemote, parentOfRemote } from "../../../shared/models/remotePath.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";

const maxTries = 100; // who has more copies than that wants another name

/**
 * Copies an entry beside itself, on the server: "plan copy.txt", else "plan copy 2.txt". Resolves to the wire name of the copy. Rejects
 * with `already-exists` when no such name is free.
 */
export async function duplicate(
  session: Pick<RemoteSession, "stat" | "copy" | "toText">,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const folder = parentOfRemote(path);
  if (folder === null) throw new AppError("invalid-input", "The root has no place beside it");
  for (let number = 1; number <= maxTries; number++) {
    const wireName = nameOfCopy(baseNameOfRemote(path), number);
    const target = joinRemote(folder, wireName);
    if ((await session.stat(target, signal)) !== null) continue;
    await session.copy(path, target, signal);
    return wireName;
  }
  throw new AppError("already-exists", "There are too many copies already", { path: session.toText(path) });
}

/** "plan.txt" → "plan copy.txt"; ".profile" is all name and no extension. A wire name: what is added is ASCII. */
function nameOfCopy(wireName: string, number: number): string {
  const [, stem = wireName, extension = ""] = /^(.+?)(\.[^.]*)?$/s.exec(wireName) ?? [];
  return `${stem} copy${number === 1 ? "" : ` ${number}`}${extension}`;
}
