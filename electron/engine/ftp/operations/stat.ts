import { AppError } from "../../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../../shared/errors/errorKind.ts";
import { baseNameOfRemote, parentOfRemote } from "../../../../shared/models/remotePath.ts";
import type { RemoteStat } from "../../sessions/remoteSession.ts";
import { parseFacts, readEntryFacts } from "../listing/mlsd.ts";
import type { Reply } from "../protocol/replyParser.ts";
import { parseSizeReply } from "../protocol/sizeReply.ts";
import { parseModifiedReply } from "../protocol/timestamps.ts";
import { ask, isRefusal, isUnsupported, type Link, refusal } from "../session/link.ts";
import { list } from "./list.ts";
import { isFolder } from "./workingFolder.ts";

/**
 * What a path is: MLST where offered, else SIZE and MDTM for files and CWD for folders (RFC 3659 §3, §4, §7), else the listing of its
 * folder. null when nothing is there, or nothing that may be seen.
 */
export async function stat(link: Link, path: string, signal: AbortSignal): Promise<RemoteStat | null> {
  if (link.paths.isTop(path)) return { type: "directory", size: null, modifiedMs: null };
  return link.features.has("MLST") ? statByFacts(link, path, signal) : statByProbing(link, path, signal);
}

/** Both questions leave together where the server bears that; of a folder it refuses both. */
async function statByProbing(link: Link, path: string, signal: AbortSignal): Promise<RemoteStat | null> {
  const asked = link.control.post(`SIZE ${link.paths.file(path)}`);
  const askTime = () => link.control.post(`MDTM ${link.paths.file(path)}`);
  const askedAlong = link.learnt.pipelines ? askTime() : null;
  const size = await asked.finalReply(signal);
  const time = askedAlong ?? (isRefusal(size) ? null : askTime());
  const modifiedMs = time === null ? null : parseModifiedReply(await time.finalReply(signal));
  if (isUnsupported(size)) return statByListing(link, path, signal);
  if (!isRefusal(size)) return { type: "file", size: parseSizeReply(size), modifiedMs };
  if (!(await isFolder(link, path, signal))) return null;
  return { type: "directory", size: null, modifiedMs: null };
}

async function statByFacts(link: Link, path: string, signal: AbortSignal): Promise<RemoteStat | null> {
  const command = `MLST ${link.paths.entry(path, path)}`;
  const reply = await ask(link, command, signal);
  if (isUnsupported(reply)) return statByProbing(link, path, signal);
  if (isRefusal(reply)) {
    const error = refusal(link, reply, command, path);
    if (error.kind === "not-found") return null;
    throw error;
  }
  const stat = parseStatReply(reply);
  return stat && ofFolder(stat);
}

/** A folder's size says nothing about what is in it. */
function ofFolder({ type, size, modifiedMs }: RemoteStat): RemoteStat {
  return { type, size: type === "directory" ? null : size, modifiedMs };
}

/** "250-Listing\r\n type=file;size=5; /x\r\n250 End": some servers leave out the blank, some spread the facts over several lines. */
export function parseStatReply(reply: Reply): RemoteStat | null {
  const lines = reply.lines.slice(1, -1).map((line) => line.trimStart());
  const facts = new Map(
    lines.flatMap((line) => [...(parseFacts(line.slice(0, Math.max(0, line.indexOf(" ")))) ?? [])]),
  );
  if (facts.size === 0) return null;
  const { type, size, modifiedMs } = readEntryFacts(facts);
  return { type: type === "self" ? "directory" : type, size, modifiedMs };
}

async function statByListing(link: Link, path: string, signal: AbortSignal): Promise<RemoteStat | null> {
  const folder = parentOfRemote(path);
  if (folder === null) return null; // the top itself has been answered
  const wanted = baseNameOfRemote(path);
  let found: RemoteStat | null = null;
  try {
    await list(
      link,
      folder,
      (entries) => {
        const entry = entries.find(({ wireName }) => wireName === wanted);
        if (entry !== undefined) found = { type: entry.type, size: entry.size, modifiedMs: entry.modifiedMs };
      },
      signal,
    );
  } catch (error) {
    if (!(error instanceof AppError && isNoAnswer.has(error.kind))) throw error;
  }
  return found;
}

/** Without its folder there is no file; and a print server lists nothing: what was sent to it cannot be seen again. */
const isNoAnswer: ReadonlySet<ErrorKind> = new Set(["not-found", "unsupported-command"]);
