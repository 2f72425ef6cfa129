import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry } from "../../../../shared/models/entry.ts";
import { listingFamilies } from "../listing/listingFamilies.ts";
import { listingParser } from "../listing/listingParser.ts";
import { mlsd } from "../listing/mlsd.ts";
import { names } from "../listing/names.ts";
import type { ListingFamily } from "../listing/rawEntry.ts";
import type { Link } from "../session/link.ts";
import { byteReceiver } from "../session/receiveBytes.ts";
import { deflatedReceiver } from "../session/receiveDeflated.ts";
import { runTransfer } from "../session/runTransfer.ts";
import { agreeOnMode } from "../session/transferMode.ts";
import { knownZoneMs, zonedListing } from "./listingZone.ts";
import { changeFolder } from "./workingFolder.ts";

/**
 * Reads a folder: MLSD (RFC 3659 §7) where it is offered, else LIST, else NLST (RFC 959 §4.1.3). Entries arrive in batches while the listing still
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
  else await listOrName(link, path, onEntries, signal);
}

type OnEntries = (entries: readonly Entry[]) => void;

async function listByMachine(link: Link, path: string, onEntries: OnEntries, signal: AbortSignal): Promise<void> {
  if (!link.learnt.refusesMlsdPath) {
    try {
      await readListing(link, `MLSD ${link.paths.folder(path)}`, path, onEntries, signal);
      return;
    } catch (error) {
      const isSyntax = error instanceof AppError && (error.reply?.code === 501 || error.reply?.code === 504);
      if (!isSyntax) throw error;
    }
  }
  await changeFolder(link, path, signal); // a path that is no folder is found out here, and is not the fault of MLSD
  link.learnt.refusesMlsdPath = true;
  await readListing(link, "MLSD", path, onEntries, signal);
}

/** LIST, and where it is not known, or makes no sense, NLST: the names at least. */
async function listOrName(link: Link, path: string, onEntries: OnEntries, signal: AbortSignal): Promise<void> {
  if (link.learnt.refusesList) return listNames(link, path, onEntries, signal);
  try {
    await listForPeople(link, path, onEntries, signal);
  } catch (error) {
    if (!(error instanceof AppError) || !mayKnowNames(error)) throw error;
    await listNamesInstead(link, path, onEntries, error, signal);
  }
}

/** RFC 959 §4.2: LIST is not known or not implemented; or no line of it could be read. */
function mayKnowNames({ kind, reply }: AppError): boolean {
  if (reply === undefined) return kind === "malformed-listing";
  return kind === "unsupported-command" && [500, 502, 504].includes(reply.code); // of LIST, not of PASV before it
}

async function listNamesInstead(
  link: Link,
  path: string,
  onEntries: OnEntries,
  reason: AppError,
  signal: AbortSignal,
): Promise<void> {
  let count = 0;
  const counting: OnEntries = (entries) => {
    count += entries.length;
    onEntries(entries);
  };
  try {
    await listNames(link, path, counting, signal);
  } catch (error) {
    throw error instanceof AppError && error.reply !== undefined ? reason : error; // what became of LIST says more
  }
  const isUnread = reason.kind === "malformed-listing"; // perhaps this once only
  if (isUnread && count === 0) throw reason; // what LIST said is all there is to know
  if (!isUnread) link.learnt.refusesList = true;
}

async function listNames(link: Link, path: string, onEntries: OnEntries, signal: AbortSignal): Promise<void> {
  await changeFolder(link, path, signal);
  await unlessEmpty(() => readListing(link, "NLST", path, onEntries, signal));
}

/**
 * LIST never gets a path: servers hand it to `ls`, where "-la" is an option, blanks part names and "*" is a pattern. An `option` goes to servers that
 * are known by name, and to others where somebody asks for it; where it turns out to be taken for a name it is dropped for good.
 */
export async function listForPeople(
  link: Link,
  path: string,
  onEntries: OnEntries,
  signal: AbortSignal,
  option: string | null = link.listOption,
): Promise<void> {
  await changeFolder(link, path, signal);
  await unlessEmpty(async () => {
    const triesOption = option !== null && !link.learnt.refusesListOption;
    if (triesOption && (await showsAnything(link, `LIST ${option}`, path, onEntries, signal))) return;
    await readListing(link, "LIST", path, onEntries, signal);
    if (triesOption) link.learnt.refusesListOption = true;
  });
}

/** With -a even an empty folder shows "." and "..": where nothing comes at all, the option was looked for like a name. */
async function showsAnything(
  link: Link,
  command: string,
  path: string,
  onEntries: OnEntries,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { isEmpty } = await readListing(link, command, path, onEntries, signal);
    return !isEmpty;
  } catch (error) {
    const isAnswer = error instanceof AppError && error.reply !== undefined && error.reply.code >= 450;
    if (!isAnswer || !link.control.isOpen) throw error;
    return false;
  }
}

async function unlessEmpty(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!saysEmpty(error)) throw error;
  }
}

/** Some servers refuse to list an empty folder: "450 No files found", "550 No files found.", z/OS "550 No members found." */
function saysEmpty(error: unknown): boolean {
  const reply = error instanceof AppError ? error.reply : undefined;
  return (
    (reply?.code === 450 || reply?.code === 550) &&
    /no (?:such )?(?:files?(?: or directories)?|data sets|members) found/i.test(reply.text)
  );
}

async function readListing(
  link: Link,
  command: string,
  path: string,
  onEntries: OnEntries,
  signal: AbortSignal,
): Promise<{ readonly isEmpty: boolean }> {
  const isDeflated = await agreeOnMode(link, true, signal); // nothing shrinks like a listing
  const zoned = zonedListing(link, path, onEntries);
  const parser = listingParser({
    families: familiesFor(command, link),
    codec: link.codec,
    nowMs: link.clock.now(),
    zoneOffsetMs: knownZoneMs(link) ?? 0,
    onEntries: zoned.take,
  });
  const receiver = (isDeflated ? deflatedReceiver : byteReceiver)({
    buffers: link.buffers(),
    sink: { write: async (bytes) => parser.push(bytes) },
    onBytes: () => {},
    timeoutMs: link.timeoutMs,
    clock: link.clock,
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
        isDeflated,
        onread: receiver.onread,
        move: ({ socket, readsDirectly }) => receiver.receive(socket, readsDirectly),
        onReply: () => {
          hasBegun = true;
        },
      },
      signal,
    );
    const { unreadLines, isEmpty } = parser.end();
    if (unreadLines > 0) link.log.status(`${unreadLines} lines of the listing could not be read`);
    await zoned.settle(signal);
    return { isEmpty };
  } catch (error) {
    const isCutOff = signal.aborted || (error instanceof AppError && error.kind === "transfer-aborted");
    if (hasBegun && isCutOff && link.mixesListings) {
      link.control.close(
        new AppError("connection-lost", "The server would mix this listing with the next", { cause: error }),
      );
    }
    throw error;
  } finally {
    zoned.release();
  }
}

function familiesFor(command: string, link: Link): readonly ListingFamily[] {
  if (command.startsWith("MLSD")) return [mlsd];
  return command === "NLST" ? [names] : listingFamilies(link.system);
}
