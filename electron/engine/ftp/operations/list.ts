import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry } from "../../../../shared/models/entry.ts";
import { listingFamilies } from "../listing/listingFamilies.ts";
import { listingParser } from "../listing/listingParser.ts";
import { mlsd } from "../listing/mlsd.ts";
import type { Link } from "../session/link.ts";
import { byteReceiver } from "../session/receiveBytes.ts";
import { runTransfer } from "../session/runTransfer.ts";
import { changeFolder } from "./workingFolder.ts";

/**
 * Reads a folder: MLSD (RFC 3659 §7) where it is offered, else LIST (RFC 959 §4.1.3). Entries arrive in batches while the listing still
 * runs; "." and ".." never. Rejects with `not-found`, `permission-denied`, `not-a-directory`, `malformed-listing` and what a transfer
 * can reject with.
 */
export async function list(
  link: Link,
  path: string,
  onEntries: (entries: readonly Entry[]) => void,
  signal: AbortSignal,
): Promise<void> {
  if (link.features.has("MLST")) await listByMachine(link, path, onEntries, signal);
  else await listForPeople(link, path, onEntries, signal);
}

type OnEntries = (entries: readonly Entry[]) => void;

async function listByMachine(link: Link, path: string, onEntries: OnEntries, signal: AbortSignal): Promise<void> {
  if (!link.learnt.refusesMlsdPath) {
    try {
      return await readListing(link, `MLSD ${path}`, path, onEntries, signal);
    } catch (error) {
      const isSyntax = error instanceof AppError && (error.reply?.code === 501 || error.reply?.code === 504);
      if (!isSyntax) throw error;
    }
  }
  await changeFolder(link, path, signal); // a path that is no folder is found out here, and is not the fault of MLSD
  link.learnt.refusesMlsdPath = true;
  await readListing(link, "MLSD", path, onEntries, signal);
}

/**
 * LIST never gets a path: servers hand it to `ls`, where "-la" is an option, blanks part names and "*" is a pattern.
 */
async function listForPeople(link: Link, path: string, onEntries: OnEntries, signal: AbortSignal): Promise<void> {
  await changeFolder(link, path, signal);
  try {
    await readListing(link, link.listOption === null ? "LIST" : `LIST ${link.listOption}`, path, onEntries, signal);
  } catch (error) {
    if (!saysEmpty(error)) throw error;
  }
}

/** Some servers refuse to list an empty folder: "450 No files found", "550 No files found." */
function saysEmpty(error: unknown): boolean {
  const reply = error instanceof AppError ? error.reply : undefined;
  return (
    (reply?.code === 450 || reply?.code === 550) && /no (?:such )?files?(?: or directories)? found/i.test(reply.text)
  );
}

async function readListing(
  link: Link,
  command: string,
  path: string,
  onEntries: OnEntries,
  signal: AbortSignal,
): Promise<void> {
  const parser = listingParser({
    families: command.startsWith("MLSD") ? [mlsd] : listingFamilies(link.system),
    codec: link.codec,
    nowMs: link.clock.now(),
    zoneOffsetMs: 0,
    onEntries,
  });
  const receiver = byteReceiver({
    buffers: link.buffers(),
    sink: { write: async (bytes) => parser.push(bytes) },
    onBytes: () => {},
    timeoutMs: link.timeoutMs,
    expected: null,
    tooMany: () => new AppError("malformed-listing", "The listing does not end"),
  });
  let hasBegun = false;
  try {
    await runTransfer(
      link,
      {
        command,
        path,
        offset: 0,
        onread: receiver.onread,
        move: ({ socket, readsDirectly }) => receiver.receive(socket, readsDirectly),
        onReply: () => {
          hasBegun = true;
        },
      },
      signal,
    );
  } catch (error) {
    const isCutOff = signal.aborted || (error instanceof AppError && error.kind === "transfer-aborted");
    if (hasBegun && isCutOff && link.mixesListings) {
      link.control.close(
        new AppError("connection-lost", "The server would mix this listing with the next", { cause: error }),
      );
    }
    throw error;
  }
  const { unreadLines } = parser.end();
  if (unreadLines > 0) link.log.status(`${unreadLines} lines of the listing could not be read`);
}
