import { AppError } from "../../../shared/errors/appError.ts";
import { parentOfRemote } from "../../../shared/models/remotePath.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import { joinEntry } from "./joinEntry.ts";

/** Makes a link to an entry, beside it. Resolves to the link's wire name; `already-exists` when the name is taken. */
export async function linkTo(
  session: Pick<RemoteSession, "stat" | "createLink" | "toWire" | "toText">,
  path: string,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  const wireName = session.toWire(name);
  const link = joinEntry(parentOfRemote(path) ?? "/", wireName);
  if ((await session.stat(link, signal)) !== null) {
    throw new AppError("already-exists", "Something with this name is there already", { path: session.toText(link) });
  }
  await session.createLink(path, link, signal);
  return wireName;
}
